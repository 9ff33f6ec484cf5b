using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Building;

namespace Rowhouse.Hosting.Running;

/// <summary>What an instance is made of.</summary>
internal sealed record InstanceSetup
{
    public required AppFolder App { get; init; }

    /// <summary>Counted from 1 since the server's start.</summary>
    public required int Number { get; init; }

    public required AppBuild Build { get; init; }

    public required AppSettings Settings { get; init; }

    public required string Environment { get; init; }

    /// <summary>The addresses of the server's listeners, for what the app derives from them (the port of https redirects).</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Where the app writes.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the keys of all apps are kept; a relative path lies in <see cref="KeysFolder"/>.</summary>
    public required KeySettings Keys { get; init; }

    public required string KeysFolder { get; init; }

    /// <summary>Where apps find the management API.</summary>
    public required string ManagementSocket { get; init; }

    /// <summary>The server's own log output, into which the apps' console output goes.</summary>
    public required ILoggerProvider Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Fires when a file of the app's web root changes.</summary>
    public required ChangeSignal WebFilesChanged { get; init; }

    public bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);
}
