namespace Rowhouse.Backends;

/// <summary>How a backend is, as far as its calls have shown; reading it asks the backend nothing.</summary>
public sealed record BackendState
{
    /// <summary>Whether calls go through.</summary>
    public BackendCircuit Circuit { get; init; }

    /// <summary>Since when calls go through, or do not.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether there was any call yet. Before the first one nothing is opened.</summary>
    public bool IsUsed { get; init; }

    /// <summary>How long the last call took that was answered; null if none was.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>What the last failure said, without secrets; null if there was none.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }
}
