namespace Rowhouse.Backends.Memcached;

/// <summary>What a read does beside reading. Times are rounded up to whole seconds.</summary>
public readonly record struct MemcachedRead
{
    /// <summary>Gives the item this time to live from now: zero for ever, negative for none.</summary>
    public TimeSpan? Touch { get; init; }

    /// <summary>
    /// Makes an empty item with this time to live where there is none, and tells exactly one caller that it has won (<see cref="MemcachedItem.HasWon"/>).
    /// It should be as long as computing the value may take: when it ends without a value, the next caller wins.
    /// Readers that do not vivify see the empty item too, with <see cref="MemcachedItem.IsWonByAnother"/>.
    /// </summary>
    public TimeSpan? Vivify { get; init; }

    /// <summary>Lets exactly one caller win when less than this is left, so that the value is computed anew before it is gone.</summary>
    public TimeSpan? Recache { get; init; }

    /// <summary>Asks for <see cref="MemcachedItem.TimeToLive"/>, <see cref="MemcachedItem.WasHitBefore"/> and <see cref="MemcachedItem.SinceLastAccess"/>.</summary>
    public bool WithDetails { get; init; }
}
