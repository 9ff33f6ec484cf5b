namespace Rowhouse.Backends.Memcached;

/// <summary>What memcached holds under a key.</summary>
public sealed class MemcachedItem
{
    internal MemcachedItem(in MetaReply reply)
    {
        Value = reply.Value ?? [];
        Cas = reply.Cas;
        ClientFlags = reply.ClientFlags;
        TimeToLive = reply.TimeToLive is { } left ? WireTime.ToTimeSpan(left) : null;
        WasHitBefore = reply.WasHitBefore;
        SinceLastAccess = reply.SecondsSinceAccess is { } idle ? TimeSpan.FromSeconds(idle) : null;
        HasWon = reply.HasWon;
        IsStale = reply.IsStale;
        IsWonByAnother = reply.IsWonByAnother;
    }

    /// <summary>The value. It is empty in an item that a read with <see cref="MemcachedRead.Vivify"/> has just made.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The version of the item: hand it to a write that must not overwrite somebody else's.</summary>
    public ulong Cas { get; }

    /// <summary>The number that was stored beside the value.</summary>
    public uint ClientFlags { get; }

    /// <summary>The time left, in whole seconds; <see cref="Timeout.InfiniteTimeSpan"/> if it never ends, null if it was not asked for.</summary>
    public TimeSpan? TimeToLive { get; }

    /// <summary>Whether the item was read before; null if it was not asked for.</summary>
    public bool? WasHitBefore { get; }

    /// <summary>The time since the last read, in whole seconds; null if it was not asked for.</summary>
    public TimeSpan? SinceLastAccess { get; }

    /// <summary>This caller, and no other, is to compute the value anew and to store it.</summary>
    public bool HasWon { get; }

    /// <summary>The item was invalidated: the value is an old one.</summary>
    public bool IsStale { get; }

    /// <summary>Another caller is computing the value: use this one if it is good enough, or come again.</summary>
    public bool IsWonByAnother { get; }
}
