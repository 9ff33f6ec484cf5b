namespace Welcome.Models;

/// <summary>One app as the management API describes it.</summary>
public sealed record HostedApp
{
    public string Name { get; init; } = "";

    /// <summary>source, project or packed; null if the folder holds nothing that can run.</summary>
    public string? Kind { get; init; }

    /// <summary>idle, starting, running, failed, disabled or stopped.</summary>
    public string State { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary>shared or process.</summary>
    public string Isolation { get; init; } = "";

    public IReadOnlyList<string> Routes { get; init; } = [];

    public int Instance { get; init; }

    public int ActiveRequests { get; init; }

    public int LeakedInstances { get; init; }

    public int? ProcessId { get; init; }

    public long? ProcessMemoryBytes { get; init; }

    public int Restarts { get; init; }
}
