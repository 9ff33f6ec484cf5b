namespace Rowhouse.Backends.Memcached;

public sealed partial class MemcachedClient
{
    // One batch is one turn of a connection: small enough that others get theirs.
    private const int KeysPerBatch = 500;

    /// <summary>Reads an item; null if there is none.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<MemcachedItem?> GetAsync(string key, CancellationToken cancellationToken = default) =>
        GetAsync(key, default, cancellationToken);

    /// <summary>Reads an item, and does what else <paramref name="how"/> says; null if there is none.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="how">Touch, vivify, recache, details.</param>
    /// <param name="cancellationToken">Ends the wait. A caller that has won by then without knowing it leaves the item won until its time to live ends.</param>
    public async ValueTask<MemcachedItem?> GetAsync(string key, MemcachedRead how, CancellationToken cancellationToken = default)
    {
        using var line = ReadLine(key, how);
        var reply = await CallAsync(line, MetaCode.Value | MetaCode.Miss, cancellationToken);
        return reply.Code == MetaCode.Value ? new MemcachedItem(reply) : null;
    }

    /// <summary>Reads many items at once, from all their servers at the same time.</summary>
    /// <param name="keys">Any strings; one that comes twice is read once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<MemcachedItems> GetManyAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new Dictionary<string, MemcachedItem>(StringComparer.Ordinal);
        var failed = new Dictionary<string, MemcachedException>(StringComparer.Ordinal);
        var batches = keys.Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, Wire: WireKey.ToArray(key)))
            .GroupBy(pair => _ring.Find(pair.Wire))
            .SelectMany(group => group.Chunk(KeysPerBatch).Select(batch => (Server: _servers[group.Key], Keys: batch)))
            .Select(batch => (batch.Keys, Reading: ReadBatchAsync(batch.Server, [.. batch.Keys.Select(pair => pair.Wire)], cancellationToken)))
            .ToList();

        foreach (var (batch, reading) in batches)
        {
            var (replies, failure) = await reading;
            for (var i = 0; i < batch.Length; i++)
            {
                if (failure is not null)
                {
                    failed.Add(batch[i].Key, failure);
                }
                else if (replies[i].Code == MetaCode.Value)
                {
                    found.Add(batch[i].Key, new MemcachedItem(replies[i]));
                }
            }
        }

        return new MemcachedItems(found, failed);
    }

    /// <summary>Gives an item a new time to live without reading it; false if there is none.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="timeToLive">From now: zero for ever, negative for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<bool> TouchAsync(string key, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var line = new MetaLine("mg "u8, key);
        line.Add(" T"u8, Expiry(timeToLive));
        return (await CallAsync(line, MetaCode.Done | MetaCode.Miss, cancellationToken)).Code == MetaCode.Done;
    }

    private static async Task<(MetaReply[] Replies, MemcachedException? Failure)> ReadBatchAsync(
        MemcachedServer server, byte[][] keys, CancellationToken cancellationToken)
    {
        try
        {
            return (await server.CallAsync(new BatchCall(server.EndPoint, keys), cancellationToken), null);
        }
        catch (MemcachedException failure)
        {
            return ([], failure);
        }
    }

    private MetaLine ReadLine(string key, in MemcachedRead how)
    {
        ArgumentNullException.ThrowIfNull(key);
        var line = new MetaLine("mg "u8, key);
        line.Add(" v f c"u8);
        if (how.WithDetails)
        {
            line.Add(" t h l"u8);
        }

        if (how.Touch is { } touch)
        {
            line.Add(" T"u8, Expiry(touch));
        }

        if (how.Vivify is { } vivify)
        {
            line.Add(" N"u8, Expiry(vivify));
        }

        if (how.Recache is { } recache)
        {
            line.Add(" R"u8, WireTime.ToSeconds(recache));
        }

        return line;
    }
}
