namespace Rowhouse.Backends;

/// <summary>
/// Keeps locks on one kind of backend. Each method is one atomic step there, and every time is that of the backend's clock: the clocks of the nodes
/// may be wrong without two of them ever holding a lock at once.
/// </summary>
internal interface ILockStore
{
    /// <summary>Takes the lock if nobody holds it or its lease is over.</summary>
    /// <returns>The fencing token, larger than any that this name had before; null if another one holds the lock.</returns>
    Task<long?> TryTakeAsync(string name, string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Prolongs the lease from now on; false if the lock is no longer this holder's.</summary>
    Task<bool> TryRenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives the lock back if it is still this holder's, who is named anew each time that a lock is taken.</summary>
    Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken);
}
