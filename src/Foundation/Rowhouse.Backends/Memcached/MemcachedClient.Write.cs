namespace Rowhouse.Backends.Memcached;

public sealed partial class MemcachedClient
{
    /// <summary>Stores a value, whatever was there; with a version, only over that one.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="value">At most <see cref="MemcachedOptions.MaxValueBytes"/>.</param>
    /// <param name="how">Time to live, version, client flags.</param>
    /// <param name="cancellationToken">Ends the wait. The value may be stored all the same.</param>
    public ValueTask<MemcachedResult> SetAsync(string key, ReadOnlyMemory<byte> value, MemcachedWrite how = default, CancellationToken cancellationToken = default) =>
        StoreAsync(key, value, how, 'S', cancellationToken);

    /// <summary>Stores a value if there is no item yet.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="value">At most <see cref="MemcachedOptions.MaxValueBytes"/>.</param>
    /// <param name="how">Time to live, client flags.</param>
    /// <param name="cancellationToken">Ends the wait. The value may be stored all the same.</param>
    public ValueTask<MemcachedResult> AddAsync(string key, ReadOnlyMemory<byte> value, MemcachedWrite how = default, CancellationToken cancellationToken = default) =>
        StoreAsync(key, value, how, 'E', cancellationToken);

    /// <summary>Stores a value if there is an item already.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="value">At most <see cref="MemcachedOptions.MaxValueBytes"/>.</param>
    /// <param name="how">Time to live, version, client flags.</param>
    /// <param name="cancellationToken">Ends the wait. The value may be stored all the same.</param>
    public ValueTask<MemcachedResult> ReplaceAsync(string key, ReadOnlyMemory<byte> value, MemcachedWrite how = default, CancellationToken cancellationToken = default) =>
        StoreAsync(key, value, how, 'R', cancellationToken);

    /// <summary>Puts data behind the value that is there. Its time to live and client flags stay.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="data">What is added.</param>
    /// <param name="cas">The version that the item must have, or null.</param>
    /// <param name="cancellationToken">Ends the wait. The data may be added all the same.</param>
    public ValueTask<MemcachedResult> AppendAsync(string key, ReadOnlyMemory<byte> data, ulong? cas = null, CancellationToken cancellationToken = default) =>
        StoreAsync(key, data, new MemcachedWrite { Cas = cas }, 'A', cancellationToken);

    /// <summary>Puts data before the value that is there. Its time to live and client flags stay.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="data">What is added.</param>
    /// <param name="cas">The version that the item must have, or null.</param>
    /// <param name="cancellationToken">Ends the wait. The data may be added all the same.</param>
    public ValueTask<MemcachedResult> PrependAsync(string key, ReadOnlyMemory<byte> data, ulong? cas = null, CancellationToken cancellationToken = default) =>
        StoreAsync(key, data, new MemcachedWrite { Cas = cas }, 'P', cancellationToken);

    /// <summary>Removes an item.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="cas">The version that the item must have, or null.</param>
    /// <param name="cancellationToken">Ends the wait. The item may be removed all the same.</param>
    public async ValueTask<MemcachedStatus> DeleteAsync(string key, ulong? cas = null, CancellationToken cancellationToken = default)
    {
        using var line = DeleteLine(key, cas);
        return StatusOf((await CallAsync(line, MetaCode.Done | MetaCode.NotFound | MetaCode.Changed, cancellationToken)).Code);
    }

    /// <summary>
    /// Marks an item as stale instead of removing it: readers go on with the old value (<see cref="MemcachedItem.IsStale"/>), and the first of them has won and computes
    /// the new one.
    /// </summary>
    /// <param name="key">Any string.</param>
    /// <param name="timeToLive">How long the stale value may live; null to leave it as it is.</param>
    /// <param name="cas">The version that the item must have, or null.</param>
    /// <param name="cancellationToken">Ends the wait. The item may be marked all the same.</param>
    public async ValueTask<MemcachedStatus> InvalidateAsync(string key, TimeSpan? timeToLive = null, ulong? cas = null, CancellationToken cancellationToken = default)
    {
        using var line = DeleteLine(key, cas);
        line.Add(" I"u8);
        if (timeToLive is { } left)
        {
            line.Add(" T"u8, Expiry(left));
        }

        return StatusOf((await CallAsync(line, MetaCode.Done | MetaCode.NotFound | MetaCode.Changed, cancellationToken)).Code);
    }

    // The modes of ms: S set, E add, R replace, A append, P prepend.
    private async ValueTask<MemcachedResult> StoreAsync(
        string key, ReadOnlyMemory<byte> value, MemcachedWrite how, char mode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var line = new MetaLine("ms "u8, key);
        if (value.Length > _options.MaxValueBytes)
        {
            throw MemcachedErrors.TooLarge(Servers[_ring.Find(line.Key)], value.Length, _options.MaxValueBytes);
        }

        line.Add(" "u8, (long)value.Length);
        line.Add([(byte)' ', (byte)'M', (byte)mode]);
        line.Add(" c T"u8, Expiry(how.TimeToLive));
        line.Add(" F"u8, (long)how.ClientFlags);
        if (how.Cas is { } version)
        {
            line.Add(" C"u8, version);
        }

        var reply = await CallAsync(line, value, MetaCode.AnyWritten, cancellationToken);
        return new MemcachedResult(StatusOf(reply.Code), reply.Code == MetaCode.Done ? reply.Cas : 0);
    }

    private static MetaLine DeleteLine(string key, ulong? cas)
    {
        ArgumentNullException.ThrowIfNull(key);
        var line = new MetaLine("md "u8, key);
        if (cas is { } version)
        {
            line.Add(" C"u8, version);
        }

        return line;
    }
}
