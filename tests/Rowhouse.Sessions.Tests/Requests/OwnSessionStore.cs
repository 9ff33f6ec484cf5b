using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>A store that an app has made for itself.</summary>
internal sealed class OwnSessionStore : ISessionStore
{
    public ISession Create(string sessionKey, TimeSpan idleTimeout, TimeSpan ioTimeout, Func<bool> tryEstablishSession, bool isNewSessionKey) => new OwnSession();
}
