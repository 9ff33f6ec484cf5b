namespace Rowhouse.Hosting;

/// <summary>What <c>rowhouse.ini</c> says of one app: <c>[app:NAME]</c> over <c>[apps]</c> over the defaults here.</summary>
public sealed record AppSettings
{
    /// <summary>The default of every setting.</summary>
    public static AppSettings Default { get; } = new();

    /// <summary>Where the instance lives (<c>isolation = shared | process</c>).</summary>
    public AppIsolation Isolation { get; init; } = AppIsolation.Shared;

    /// <summary>Whether the app starts with its first request instead of with the server (<c>start = lazy | eager</c>).</summary>
    public bool LazyStart { get; init; }

    /// <summary>After how long without a request the instance is unloaded until the next one (<c>idle = 20m</c>); null: never.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>How long a start may take (<c>start-timeout = 60s</c>).</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long requests of a retired instance may go on (<c>drain = 30s</c>).</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The path that a new instance is asked for before it takes over (<c>probe = /health</c>), within the app.
    /// An answer of 500 or above keeps the old instance. Null: the start alone decides.
    /// </summary>
    public string? Probe { get; init; }

    /// <summary>How many bytes a child process may use before it is replaced (<c>memory = 512MB</c>); null: no limit. Needs <see cref="AppIsolation.Process"/>.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>The app's environment name where it differs from the server's (<c>environment = Staging</c>).</summary>
    public string? Environment { get; init; }
}
