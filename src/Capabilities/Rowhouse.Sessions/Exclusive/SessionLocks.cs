namespace Rowhouse.Sessions;

/// <summary>The locks of <see cref="ExclusiveSessionAttribute"/>.</summary>
internal sealed class SessionLocks
{
    private const string Memory = "memory";

    // A lock leaves a file or a row behind. So many there are at most, and two sessions hardly ever share one.
    private const int NameDigits = 4;

    private readonly ConnectionUri _uri;
    private readonly string _app;
    private readonly Lazy<Locks?> _locks;

    public SessionLocks(ConnectionUri uri, bool isApart, string app, BackendRegistry backends)
    {
        _uri = uri;
        IsApart = isApart;
        _app = app;
        _locks = new Lazy<Locks?>(() => Keeps(uri) ? Locks.On(backends.Get(uri)) : null);
    }

    /// <summary>Whether they are elsewhere than the sessions.</summary>
    public bool IsApart { get; }

    /// <summary>Locks that all nodes share; null if there are none.</summary>
    public Locks? Farm => _locks.Value;

    /// <summary>Whether there are locks on what a URI names.</summary>
    public static bool CanKeep(ConnectionUri uri) => uri.Scheme is not (SessionsModel.CookieScheme or "memcached");

    /// <summary>Waits until a request has its session for itself; null if others had it for all of the time.</summary>
    /// <exception cref="RowhouseException">RH5019: nobody keeps locks here.</exception>
    /// <exception cref="BackendUnavailableException">The backend is down.</exception>
    public async Task<SessionHold?> TryAcquireAsync(SessionKey key, ExclusiveSessionAttribute exclusive, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(exclusive.WaitSeconds);
        if (_uri.Scheme == Memory)
        {
            return await MemoryLocks.Shared.TryTakeAsync($"{_app}/{key}", wait, cancellationToken);
        }

        var locks = Farm ?? throw SessionsErrors.NoLocks(_uri.Scheme + ":");
        var options = new LockOptions { Wait = wait, Lease = TimeSpan.FromSeconds(exclusive.LeaseSeconds) };
        var lease = await locks.TryAcquireAsync($"rowhouse:session:{_app}:{key.ToString()[..NameDigits]}", options, cancellationToken);
        return lease is null ? null : new SessionHold(lease);
    }

    private static bool Keeps(ConnectionUri uri) => uri.Scheme != Memory && CanKeep(uri);
}
