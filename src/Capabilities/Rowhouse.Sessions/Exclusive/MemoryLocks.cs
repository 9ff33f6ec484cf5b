namespace Rowhouse.Sessions;

/// <summary>Locks for sessions that are in this process only.</summary>
internal sealed class MemoryLocks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SemaphoreSlim Semaphore, int Users)> _all = new(StringComparer.Ordinal);

    /// <summary>Those of this process: sessions in memory outlive an instance of their app, and so must their locks.</summary>
    public static MemoryLocks Shared { get; } = new();

    /// <summary>Takes a lock; null if others had it for all of the time.</summary>
    public async Task<SessionHold?> TryTakeAsync(string name, TimeSpan wait, CancellationToken cancellationToken)
    {
        var semaphore = Enter(name);
        var isTaken = false;
        try
        {
            isTaken = await semaphore.WaitAsync(wait, cancellationToken);
            return isTaken ? new SessionHold(() => Release(name, semaphore)) : null;
        }
        finally
        {
            if (!isTaken)
            {
                Leave(name);
            }
        }
    }

    private SemaphoreSlim Enter(string name)
    {
        lock (_gate)
        {
            var (semaphore, users) = _all.TryGetValue(name, out var found) ? found : (new SemaphoreSlim(1, 1), 0);
            _all[name] = (semaphore, users + 1);
            return semaphore;
        }
    }

    private void Release(string name, SemaphoreSlim semaphore)
    {
        semaphore.Release();
        Leave(name);
    }

    private void Leave(string name)
    {
        lock (_gate)
        {
            var (semaphore, users) = _all[name];
            if (users > 1)
            {
                _all[name] = (semaphore, users - 1);
                return;
            }

            _all.Remove(name);
        }
    }
}
