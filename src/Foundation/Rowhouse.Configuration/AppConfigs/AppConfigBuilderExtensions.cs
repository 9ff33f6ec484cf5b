using Microsoft.Extensions.FileProviders;
using Rowhouse;
using Rowhouse.Configuration;

namespace Microsoft.Extensions.Configuration;

/// <summary>AppConfig where there is a configuration and no host.</summary>
public static class AppConfigBuilderExtensions
{
    /// <summary>
    /// Adds <c>private/appconfig.ini</c> with what lies over it as a source. The app's folder is that of <c>SetBasePath</c>, else the program's own;
    /// the environment is that of <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c>, else Production.
    /// In an app with a host use <c>builder.AddAppConfig()</c>, which registers <see cref="AppConfig"/> too.
    /// </summary>
    /// <param name="builder">The builder of the configuration.</param>
    /// <param name="configure">Other than the usual names.</param>
    /// <exception cref="RowhouseException">RH2101: all errors of the files, each with its line.</exception>
    public static IConfigurationBuilder AddAppConfig(this IConfigurationBuilder builder, Action<AppConfigOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (FindState(builder) is not null)
        {
            return builder;
        }

        var options = new AppConfigOptions();
        configure?.Invoke(options);
        var root = (builder.GetFileProvider() as PhysicalFileProvider)?.Root ?? AppContext.BaseDirectory;
        return builder.Add(new AppConfigSource(options.CreateState(root, ProcessEnvironment.Name(options.Variables), builder as IConfiguration)));
    }

    internal static AppConfigState? FindState(IConfigurationBuilder builder) => builder.Sources.OfType<AppConfigSource>().FirstOrDefault()?.State;
}
