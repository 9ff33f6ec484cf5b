namespace Rowhouse.Backends.Memcached;

/// <summary>
/// A client of one or several memcached 1.6.10 or newer, on the meta protocol. One client is enough for a process: its few connections are shared by
/// all callers, who never block a thread. Nothing is opened before it is used.
/// </summary>
/// <remarks>
/// <para>
/// Keys are any strings. Up to 250 bytes of UTF-8 without blanks and control characters they are sent as they are; others are replaced
/// by <c>sha256:</c> and their hash.
/// </para>
/// <para>
/// Each key belongs to one server, by consistent hashing over <see cref="MemcachedEndPoint.ToString"/>. When that server is down its keys fail, at once, and
/// are not moved to another one: nodes that see the failure at different times would write the same key to different servers, and what was
/// written meanwhile would come up again as an old value later; counters and locks would be there twice; and the load of the one that failed would
/// fall on the next.
/// </para>
/// <para>Every failure of a server is a <see cref="MemcachedException"/>. A miss is none.</para>
/// </remarks>
public sealed partial class MemcachedClient : IAsyncDisposable
{
    private readonly MemcachedOptions _options;
    private readonly MemcachedServer[] _servers;
    private readonly ServerRing _ring;

    /// <summary>Creates the client; nothing is opened yet.</summary>
    /// <param name="servers">The servers in any order, each once.</param>
    /// <param name="options">Limits and time-outs; null for the defaults.</param>
    public MemcachedClient(IEnumerable<MemcachedEndPoint> servers, MemcachedOptions? options = null)
    {
        Servers = [.. servers];
        if (Servers.Count == 0 || Servers.Distinct().Count() != Servers.Count)
        {
            throw new ArgumentException($"One server or more are needed, each once; found: {string.Join(", ", Servers)}.", nameof(servers));
        }

        _options = options ?? new MemcachedOptions();
        _options.Validate();
        _servers = [.. Servers.Select(server => new MemcachedServer(server, _options))];
        _ring = new ServerRing([.. Servers.Select(server => server.ToString())]);
    }

    /// <summary>The servers, as they were given.</summary>
    public IReadOnlyList<MemcachedEndPoint> Servers { get; }

    /// <summary>The server that has <paramref name="key"/>.</summary>
    /// <param name="key">Any string.</param>
    public MemcachedEndPoint FindServer(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Servers[_ring.Find(WireKey.ToArray(key))];
    }

    /// <summary>Closes all connections. Operations in flight fail with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private ValueTask<MetaReply> CallAsync(MetaLine line, MetaCode answers, CancellationToken cancellationToken) =>
        CallAsync(line, null, answers, cancellationToken);

    private ValueTask<MetaReply> CallAsync(MetaLine line, ReadOnlyMemory<byte>? payload, MetaCode answers, CancellationToken cancellationToken)
    {
        var server = _servers[_ring.Find(line.Key)];
        return server.CallAsync(new SingleCall(server.EndPoint, line, payload, answers), cancellationToken);
    }

    private long Expiry(TimeSpan timeToLive) => WireTime.ToExpiry(timeToLive, _options.TimeProvider);

    private static MemcachedStatus StatusOf(MetaCode code) => code switch
    {
        MetaCode.Done => MemcachedStatus.Done,
        MetaCode.NotStored => MemcachedStatus.NotStored,
        MetaCode.NotFound => MemcachedStatus.NotFound,
        _ => MemcachedStatus.Changed,
    };
}
