namespace Rowhouse.Backends.Memcached;

/// <summary>How a counter is made and kept.</summary>
public readonly record struct MemcachedCount
{
    /// <summary>The value that a missing counter is made with; the step is not added to it. Null: a missing counter stays missing.</summary>
    public ulong? Initial { get; init; }

    /// <summary>How long a counter lives that is made now; zero (the default) for ever.</summary>
    public TimeSpan InitialTimeToLive { get; init; }

    /// <summary>Gives a counter that is there already this time to live from now: zero for ever.</summary>
    public TimeSpan? Touch { get; init; }
}
