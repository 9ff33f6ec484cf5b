using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Config;

/// <summary>Where the configurations of the apps of a root are, as the apps themselves would read them.</summary>
internal static class AppPlaces
{
    public static AppConfigPlace Of(ServerConfig config, string app, string? environment = null) => new(
        app,
        Path.Combine(config.Root.Applications, app, AppConfigPlace.FolderName),
        environment ?? config.SettingsOf(app).Environment ?? config.Environment,
        AppConfigPlace.ProcessVariables());

    /// <summary>Everything that is wrong with the configurations of all apps; an app without one has nothing wrong.</summary>
    public static IReadOnlyList<AppConfigModel> ReadAll(ServerConfig config, IEnumerable<string> apps, string? environment = null) =>
        [.. apps.Select(app => AppConfigReader.Read(Of(config, app, environment)))];
}
