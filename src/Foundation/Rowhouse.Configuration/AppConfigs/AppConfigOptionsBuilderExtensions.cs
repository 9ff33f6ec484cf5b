using Microsoft.Extensions.Options;
using Rowhouse.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Options out of AppConfig.</summary>
public static class AppConfigOptionsBuilderExtensions
{
    /// <summary>
    /// Fills the options from a section of AppConfig with its exact casting: <c>20m</c> for a TimeSpan, <c>512MB</c> for a number, a list in lines.
    /// Everything that is wrong is one failure of the validation each, with file, line and what is allowed; with <c>ValidateOnStart()</c> all
    /// of it is found when the app starts. Needs <c>builder.AddAppConfig()</c>.
    /// </summary>
    /// <param name="builder">The builder that <c>services.AddOptions&lt;T&gt;()</c> gives.</param>
    /// <param name="section">The section, for example <c>mail</c> or <c>mail.smtp</c>. If it is missing the options keep their defaults.</param>
    public static OptionsBuilder<T> BindAppConfig<T>(this OptionsBuilder<T> builder, string section)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(section);
        var name = builder.Name;
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (services, _) => new AppConfigBinding<T>(services.GetRequiredService<AppConfig>(), section, name));
        builder.Services.AddSingleton<IConfigureOptions<T>>(services => services.GetRequiredKeyedService<AppConfigBinding<T>>(key));
        builder.Services.AddSingleton<IValidateOptions<T>>(services => services.GetRequiredKeyedService<AppConfigBinding<T>>(key));
        builder.Services.AddSingleton<IOptionsChangeTokenSource<T>>(services => services.GetRequiredKeyedService<AppConfigBinding<T>>(key));
        return builder;
    }
}
