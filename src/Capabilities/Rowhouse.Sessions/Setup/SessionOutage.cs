namespace Rowhouse.Sessions;

/// <summary>What becomes of requests while the backend of the sessions is down. Those without a session cookie that store nothing are never affected.</summary>
public enum SessionOutage
{
    /// <summary>A request with a session is answered 503 at once.</summary>
    Fail,

    /// <summary>
    /// Sessions that this process has seen lately are served as they were then; a request that changes its session is answered 503. One whose
    /// session is not known runs as with <see cref="Without"/>.
    /// </summary>
    ReadOnly,

    /// <summary>Requests run with an empty session that is not available and not saved. The cookie stays, so that nobody is logged out when the backend is back.</summary>
    Without,
}
