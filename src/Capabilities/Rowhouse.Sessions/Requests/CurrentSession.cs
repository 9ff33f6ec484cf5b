namespace Rowhouse.Sessions;

/// <summary>
/// The session of the request that is running, for ASP.NET Core's own session middleware, which asks an <c>ISessionStore</c> for one and does not say
/// for which request. What keeps an execution context for ever keeps this small object and not the request.
/// </summary>
internal sealed class CurrentSession : IDisposable
{
    private static readonly AsyncLocal<CurrentSession?> Flowing = new();

    private RequestSession? _session;

    private CurrentSession(RequestSession session)
    {
        _session = session;
    }

    public static RequestSession? Value => Flowing.Value?._session;

    /// <summary>Makes a session the current one of the calling method, which must be async, and of what it calls.</summary>
    public static CurrentSession Enter(RequestSession session) => Flowing.Value = new CurrentSession(session);

    public void Dispose() => _session = null;
}
