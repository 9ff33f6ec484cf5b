namespace Rowhouse.Backends;

/// <summary>What a backend answered when it was asked how it is.</summary>
public sealed record BackendCheck
{
    /// <summary>How long the answer took, connecting included.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>The version of the server, as it says it; null if it says none.</summary>
    public string? Version { get; init; }

    /// <summary>By how much the backend's clock is ahead of this machine's, give or take the latency; null if it has no clock of its own.</summary>
    public TimeSpan? ClockAhead { get; init; }
}
