namespace Rowhouse.Hosting;

/// <summary>What the user wrote in <c>rowhouse.ini</c> and on the command line, checked. Immutable: a reload makes a new one.</summary>
public sealed record ServerConfig
{
    /// <summary>The address where <c>rowhouse run</c> listens unless told otherwise.</summary>
    public const string DefaultListener = "http://127.0.0.1:8000";

    /// <summary>The root that is served.</summary>
    public required ServerRoot Root { get; init; }

    /// <summary>The environment name, as in ASP.NET Core: <c>Development</c>, <c>Staging</c>, <c>Production</c> (the default).</summary>
    public string Environment { get; init; } = "Production";

    /// <summary>How many servers with this configuration stand behind a load balancer, this one included. The default is 1.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Where the keys are kept that protect cookies and antiforgery tokens.</summary>
    public KeySettings Keys { get; init; } = KeySettings.Default;

    /// <summary>Where requests come in.</summary>
    public IReadOnlyList<ListenerUri> Listeners { get; init; } = [ListenerUri.Parse(DefaultListener)];

    /// <summary>The routes beyond <c>/NAME/</c>.</summary>
    public IReadOnlyList<RouteSetting> Routes { get; init; } = [];

    /// <summary>The settings of apps that have none of their own.</summary>
    public AppSettings AppDefaults { get; init; } = AppSettings.Default;

    /// <summary>The settings of single apps, by name (case-insensitive), already laid over <see cref="AppDefaults"/>.</summary>
    public IReadOnlyDictionary<string, AppSettings> Apps { get; init; } = new Dictionary<string, AppSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>If not null, only these apps are served (<c>--app</c>).</summary>
    public IReadOnlySet<string>? OnlyApps { get; init; }

    /// <summary>Whether errors are shown to the visitor and requests wait for a build that is under way.</summary>
    public bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings of one app.</summary>
    public AppSettings SettingsOf(string app) => Apps.GetValueOrDefault(app, AppDefaults);
}
