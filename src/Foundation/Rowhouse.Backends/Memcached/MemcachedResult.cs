namespace Rowhouse.Backends.Memcached;

/// <summary>How a write ended.</summary>
/// <param name="Status">Whether it was done, or why not.</param>
/// <param name="Cas">The version of what was stored; 0 if nothing was.</param>
public readonly record struct MemcachedResult(MemcachedStatus Status, ulong Cas)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Status == MemcachedStatus.Done;
}
