namespace Rowhouse.Sessions;

/// <summary>The table of the session stores: a new kind of backend is one file here and one line.</summary>
internal static class SessionStores
{
    private static readonly Dictionary<string, Func<ConnectionUri, string, BackendRegistry, SessionStore>> All = new(StringComparer.Ordinal)
    {
        ["redis"] = (uri, app, backends) => new RedisSessionStore(backends.GetRedis(uri), app, TimeProvider.System),
        ["rediss"] = (uri, app, backends) => new RedisSessionStore(backends.GetRedis(uri), app, TimeProvider.System),
    };

    public static SessionStore Open(ConnectionUri uri, string app, BackendRegistry backends)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentException.ThrowIfNullOrEmpty(app);
        ArgumentNullException.ThrowIfNull(backends);
        return All.TryGetValue(uri.Scheme, out var open) ? open(uri, app, backends) : throw SessionsErrors.NoStore(uri, All.Keys);
    }
}
