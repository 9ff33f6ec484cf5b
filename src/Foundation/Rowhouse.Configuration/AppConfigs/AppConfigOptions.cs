using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>Whose configuration <c>AddAppConfig()</c> reads, and from where. Everything has a default that fits an app in its folder.</summary>
public sealed class AppConfigOptions
{
    // Under these keys the server passes the name of an app, and that nothing need be watched.
    private const string AppNameKey = "Rowhouse:App";
    private const string ReloadKey = "hostBuilder:reloadConfigOnChange";

    /// <summary>
    /// The name of the app; it begins the names of its environment variables (<c>SHOP__DB__URI</c>). The default is what the server passes
    /// (<c>Rowhouse:App</c> in the configuration), else the name of the app's folder (the content root).
    /// </summary>
    public string? AppName { get; set; }

    /// <summary>The environment whose overlay is read, <c>appconfig.Production.ini</c>. The default is the host's.</summary>
    public string? Environment { get; set; }

    /// <summary>The folder of <c>appconfig.ini</c> and <c>secrets.enc</c>, relative to the content root or absolute. The default is <c>private</c>.</summary>
    public string? Folder { get; set; }

    /// <summary>
    /// Whether the files are watched and read again when they change. The default is true in the environment Development and false in all
    /// others, and where the server hosts the app (<c>hostBuilder:reloadConfigOnChange</c> is false): it starts a new instance when they change.
    /// Nothing is watched if it is false, and a request pays nothing either way.
    /// </summary>
    public bool? Reload { get; set; }

    /// <summary>The environment variables; null for those of this process.</summary>
    internal IReadOnlyDictionary<string, string>? Variables { get; set; }

    internal AppConfigState CreateState(string contentRoot, string environment, IConfiguration? host)
    {
        var serverAppName = host?[AppNameKey];
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(contentRoot));
        var name = AppName ?? (string.IsNullOrEmpty(serverAppName) ? Path.GetFileName(root) : serverAppName);
        var place = new AppConfigPlace(
            name,
            Path.Combine(root, Folder ?? AppConfigPlace.FolderName),
            Environment ?? environment,
            Variables ?? AppConfigPlace.ProcessVariables());
        var isWatched = place.Environment.Equals("Development", StringComparison.OrdinalIgnoreCase)
            && !"false".Equals(host?[ReloadKey], StringComparison.OrdinalIgnoreCase);
        return new AppConfigState(place, Reload ?? isWatched);
    }
}
