namespace Rowhouse.Backends.Memcached;

/// <summary>How a missing counter is made.</summary>
/// <remarks>
/// The time to live of a counter that is there stays as it is; <see cref="MemcachedClient.TouchAsync"/> changes it. The protocol has a flag for
/// both at once, but memcached loses the new time whenever the number gets longer (9, 10) or is just being read: seen with 1.6.18.
/// </remarks>
public readonly record struct MemcachedCount
{
    /// <summary>The value that a missing counter is made with; the step is not added to it. Null: a missing counter stays missing.</summary>
    public ulong? Initial { get; init; }

    /// <summary>How long a counter lives that is made now; zero (the default) for ever.</summary>
    public TimeSpan InitialTimeToLive { get; init; }
}
