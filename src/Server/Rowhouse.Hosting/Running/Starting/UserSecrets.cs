using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>
/// A developer's secrets (<c>dotnet user-secrets</c>). The framework's builders look for the app's assembly in the server's load context, and
/// leave them out without a word when it is not there.
/// </summary>
internal static class UserSecrets
{
    public static void Add(IHostEnvironment environment, IConfigurationBuilder settings, Assembly app)
    {
        if (!environment.IsDevelopment())
        {
            return;
        }

        var secrets = new ConfigurationBuilder().AddUserSecrets(app, optional: true, reloadOnChange: false).Sources;

        // As the framework has it: they win over appsettings.json and give way to environment variables.
        var lastFile = settings.Sources.ToList().FindLastIndex(source => source is JsonConfigurationSource);
        foreach (var source in secrets.Reverse())
        {
            settings.Sources.Insert(lastFile + 1, source);
        }
    }
}
