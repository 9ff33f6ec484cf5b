namespace Rowhouse.Backends.Memcached;

/// <summary>The answer to a read of many keys. A key that is in neither collection is not in memcached.</summary>
public sealed class MemcachedItems
{
    internal MemcachedItems(IReadOnlyDictionary<string, MemcachedItem> found, IReadOnlyDictionary<string, MemcachedException> failed)
    {
        Found = found;
        Failed = failed;
    }

    /// <summary>The items that are there, by key.</summary>
    public IReadOnlyDictionary<string, MemcachedItem> Found { get; }

    /// <summary>The keys whose server did not answer, each with the reason. A server that is down takes nothing away from the others.</summary>
    public IReadOnlyDictionary<string, MemcachedException> Failed { get; }
}
