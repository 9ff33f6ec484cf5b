using Rowhouse.Cli.Config;
using Rowhouse.Cli.Sessions;
using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Doctor;

/// <summary>An app as the checks see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder, as a full path.</param>
/// <param name="Environment">The environment it runs in.</param>
/// <param name="Backends">The backends that its configuration names, with the keys that do so.</param>
internal sealed record ExaminedApp(string Name, string Folder, string Environment, IReadOnlyList<(string Key, ConnectionUri Uri)> Backends)
{
    /// <summary>The key of the backend of its sessions, as <see cref="Backends"/> has it.</summary>
    public static string SessionsKey { get; } = ConfigKey.Print(SessionsPlace.UriKey);

    // Reported by 'rowhouse config check'.
    private static readonly ConnectionUri[] Unreadable = [];

    public static ExaminedApp Open(ServerConfig config, string name)
    {
        var model = AppConfigReader.Read(AppPlaces.Of(config, name));
        return new ExaminedApp(name, Path.Combine(config.Root.Applications, name), model.Place.Environment, [.. FindBackends(model)]);
    }

    // Only the settings that Rowhouse knows: a URI that an app keeps for itself is its own affair.
    private static IEnumerable<(string Key, ConnectionUri Uri)> FindBackends(AppConfigModel model) => KnownSettings.All
        .Where(setting => setting.Type == typeof(ConnectionUri) || setting.Type == typeof(ConnectionUris))
        .Select(setting => model.Find(setting.Key))
        .OfType<AppConfigValue>()
        .SelectMany(value => (ConnectionUris.TryParse(value.Text, out var uris) ? uris.AsEnumerable() : Unreadable).Select(uri => (ConfigKey.Print(value.Key), uri)));
}
