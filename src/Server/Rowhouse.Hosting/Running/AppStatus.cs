namespace Rowhouse.Hosting;

/// <summary>A look at one app at one moment: what <c>rowhouse apps list</c> shows.</summary>
public sealed record AppStatus
{
    /// <summary>The app's name.</summary>
    public required string Name { get; init; }

    /// <summary>How the app is given; null if its folder holds nothing that can run.</summary>
    public AppKind? Kind { get; init; }

    /// <summary>What the app is doing.</summary>
    public required AppState State { get; init; }

    /// <summary>Why it failed, or why the last reload was not taken; one line, null if all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the instance lives.</summary>
    public AppIsolation Isolation { get; init; }

    /// <summary>The paths and host names under which the app answers, for example <c>/shop</c> or <c>shop.example.com</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>The number of the instance that serves, counted from 1 since the server's start; 0 if none does.</summary>
    public int Instance { get; init; }

    /// <summary>Requests in flight.</summary>
    public int ActiveRequests { get; init; }

    /// <summary>Since when the current instance serves (UTC).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Retired instances that something still holds in memory: a thread that never ends, a static of a shared library.</summary>
    public int LeakedInstances { get; init; }

    /// <summary>The child process of an app with isolation <c>process</c>.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The memory of that child process in bytes.</summary>
    public long? ProcessMemoryBytes { get; init; }

    /// <summary>How often that child process died and was started again.</summary>
    public int Restarts { get; init; }
}
