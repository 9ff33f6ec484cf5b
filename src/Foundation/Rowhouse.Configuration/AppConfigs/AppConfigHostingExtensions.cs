using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rowhouse;
using Rowhouse.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>The one line that gives an app its <c>private/appconfig.ini</c>.</summary>
public static class AppConfigHostingExtensions
{
    /// <summary>
    /// Reads <c>private/appconfig.ini</c> (or <c>.json</c>), the overlay of the environment and the app's environment variables, as a source of
    /// the configuration that wins over those that are there, and registers <see cref="AppConfig"/>. A second call changes nothing.
    /// </summary>
    /// <param name="builder">The app's builder, for example that of <c>WebApplication.CreateBuilder(args)</c>.</param>
    /// <param name="configure">Other than the usual names.</param>
    /// <exception cref="RowhouseException">RH2101: all errors of the files, each with its line, so that a wrong configuration never starts.</exception>
    public static TBuilder AddAppConfig<TBuilder>(this TBuilder builder, Action<AppConfigOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        if (AppConfigBuilderExtensions.FindState(builder.Configuration) is not null)
        {
            return builder;
        }

        var options = new AppConfigOptions();
        configure?.Invoke(options);
        var state = options.CreateState(builder.Environment.ContentRootPath, builder.Environment.EnvironmentName, builder.Configuration);
        builder.Configuration.Add(new AppConfigSource(state));
        AddServices(builder.Services, state);
        return builder;
    }

    /// <inheritdoc cref="AddAppConfig{TBuilder}(TBuilder, Action{AppConfigOptions}?)" />
    public static IHostBuilder AddAppConfig(this IHostBuilder builder, Action<AppConfigOptions>? configure = null) => builder
        .ConfigureAppConfiguration((context, configuration) =>
        {
            if (AppConfigBuilderExtensions.FindState(configuration) is null)
            {
                var options = new AppConfigOptions();
                configure?.Invoke(options);
                var host = context.HostingEnvironment;
                configuration.Add(new AppConfigSource(options.CreateState(host.ContentRootPath, host.EnvironmentName, context.Configuration)));
            }

            context.Properties[typeof(AppConfigState)] = AppConfigBuilderExtensions.FindState(configuration)!;
        })
        .ConfigureServices((context, services) => AddServices(services, (AppConfigState)context.Properties[typeof(AppConfigState)]));

    private static void AddServices(IServiceCollection services, AppConfigState state)
    {
        services.TryAddSingleton(new AppConfig(state));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AppConfigLog>());
    }
}
