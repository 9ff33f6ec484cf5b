namespace Rowhouse.Backends.Memcached;

/// <summary>The place of one connection of a server's pool; used under the pool's lock only.</summary>
internal sealed class ConnectionSlot
{
    public MemcachedConnection? Connection { get; set; }

    /// <summary>The attempt that is under way, for all who need this slot to wait for.</summary>
    public Task<MemcachedConnection>? Opening { get; set; }

    public bool IsOpen => Connection is { IsOpen: true };
}
