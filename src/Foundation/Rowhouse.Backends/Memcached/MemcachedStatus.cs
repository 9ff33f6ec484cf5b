namespace Rowhouse.Backends.Memcached;

/// <summary>How a write ended.</summary>
public enum MemcachedStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The condition was not met: add found an item; replace, append or prepend found none.</summary>
    NotStored,

    /// <summary>There is no such item.</summary>
    NotFound,

    /// <summary>The item has another version than the one that was named.</summary>
    Changed,
}
