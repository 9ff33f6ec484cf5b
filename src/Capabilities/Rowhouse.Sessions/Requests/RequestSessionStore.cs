using Microsoft.AspNetCore.Session;

namespace Rowhouse.Sessions;

/// <summary>
/// What ASP.NET Core's session middleware (<c>UseSession()</c>) gets its session from: the one that the request has already. Its cookie is never
/// set, since that happens when <c>tryEstablishSession</c> is called.
/// </summary>
internal sealed class RequestSessionStore : ISessionStore
{
    // Only that middleware wants this service, when the pipeline is built.
    public RequestSessionStore(SessionsModel model)
    {
        model.IsStockUsed = true;
    }

    public Microsoft.AspNetCore.Http.ISession Create(string sessionKey, TimeSpan idleTimeout, TimeSpan ioTimeout, Func<bool> tryEstablishSession, bool isNewSessionKey) =>
        CurrentSession.Value ?? throw new InvalidOperationException("This is no request of an app with AddRowhouseSessions().");
}
