namespace Rowhouse.Backends;

/// <summary>
/// Locks that all nodes share, on a backend: file, sqlite, postgres, mysql, mssql, redis. A lock has a lease, so that a dead holder is got over,
/// and a fencing token, so that what a holder does who was only asleep can be told from what the next one does.
/// </summary>
public sealed class Locks
{
    private const int MaxName = 200;

    // Short enough that nobody notices, long enough that a hundred waiting nodes are no load.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly Backend _backend;
    private readonly ILockStore _store;
    private readonly TimeProvider _time;

    private Locks(Backend backend, ILockStore store, TimeProvider time)
    {
        _backend = backend;
        _store = store;
        _time = time;
    }

    /// <summary>The locks that are kept on a backend.</summary>
    /// <exception cref="RowhouseException">RH4101: it cannot keep locks.</exception>
    public static Locks On(Backend backend) => On(backend, TimeProvider.System);

    /// <summary>Takes a lock, or gives up when <see cref="LockOptions.Wait"/> is over.</summary>
    /// <param name="name">Any text of 1 to 200 characters without white space at its ends; two that differ in any way are two locks.</param>
    /// <param name="options">Lease and wait. Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lease, to be disposed of as soon as the work is done; null if another one holds the lock.</returns>
    /// <exception cref="BackendUnavailableException">The backend is down: nobody can tell whether the lock is free.</exception>
    public async Task<LockLease?> TryAcquireAsync(string name, LockOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        options ??= new LockOptions();
        options.Validate();
        var owner = LockOwner.New();
        var started = _time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var asked = _time.GetTimestamp();
            if (await TryTakeAsync(name, owner, options.Lease, cancellationToken) is { } token)
            {
                return new LockLease(new LockHold(_store, _backend.Name, name, owner, token, options.Lease), asked, _time);
            }

            var left = options.Wait - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(Jitter(pause < left ? pause : left), _time, cancellationToken);
        }
    }

    /// <summary>Takes a lock.</summary>
    /// <param name="name">As for <see cref="TryAcquireAsync"/>.</param>
    /// <param name="options">Lease and wait. Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lease, to be disposed of as soon as the work is done.</returns>
    /// <exception cref="RowhouseException">RH4102: another one held it for all of the time.</exception>
    /// <exception cref="BackendUnavailableException">The backend is down.</exception>
    public async Task<LockLease> AcquireAsync(string name, LockOptions? options = null, CancellationToken cancellationToken = default) =>
        await TryAcquireAsync(name, options, cancellationToken) ?? throw BackendsErrors.LockBusy(name, _backend.Name, (options ?? new LockOptions()).Wait);

    internal static Locks On(Backend backend, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return new Locks(backend, LockStores.Create(backend), time);
    }

    private async Task<long?> TryTakeAsync(string name, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.TryTakeAsync(name, owner, lease, cancellationToken);
        }
        catch (Exception)
        {
            // The request may have arrived, and the lock be held by a holder who does not know it.
            _ = Detached.RunAsync(() => GiveBackAsync(name, owner));
            throw;
        }
    }

    private async Task GiveBackAsync(string name, string owner)
    {
        try
        {
            await _store.ReleaseAsync(name, owner, CancellationToken.None);
        }
        catch (Exception)
        {
            // The backend is down; the lock ends with its lease.
        }
    }

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > MaxName || name.Any(char.IsControl) || name.Trim().Length != name.Length)
        {
            throw new ArgumentException($"The name of a lock has 1 to {MaxName} characters, no control characters, and no white space at its ends.", nameof(name));
        }
    }

    // So that those who wait do not all ask at the same moment.
#pragma warning disable CA5394 // no secret
    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
}
