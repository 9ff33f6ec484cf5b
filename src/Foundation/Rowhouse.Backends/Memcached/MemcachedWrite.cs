namespace Rowhouse.Backends.Memcached;

/// <summary>How a value is stored.</summary>
public readonly record struct MemcachedWrite
{
    /// <summary>
    /// How long the item lives, rounded up to whole seconds: zero (the default) or <see cref="Timeout.InfiniteTimeSpan"/> for ever, negative for none.
    /// memcached counts in seconds, so 1 second may be over at once. Above 30 days it takes a date, which is made with the clock of this machine.
    /// </summary>
    public TimeSpan TimeToLive { get; init; }

    /// <summary>Stores only if the item still has this version (<see cref="MemcachedItem.Cas"/>).</summary>
    public ulong? Cas { get; init; }

    /// <summary>A number that is kept beside the value, for example its encoding.</summary>
    public uint ClientFlags { get; init; }
}
