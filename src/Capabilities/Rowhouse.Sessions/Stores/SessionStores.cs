namespace Rowhouse.Sessions;

/// <summary>The table of the session stores: a new kind of backend is one file here and one line.</summary>
internal static class SessionStores
{
    private static readonly Dictionary<string, Func<SessionSetup, SessionStore>> All = new(StringComparer.Ordinal)
    {
        ["memory"] = setup => new MemorySessionStore(setup),
        ["file"] = setup => new FileSessionStore(setup),
        ["sqlite"] = setup => new SqlSessionStore(setup, new SqliteSessionSql(setup.App)),
        ["postgres"] = setup => new SqlSessionStore(setup, new PostgresSessionSql(setup.App)),
        ["mysql"] = setup => new SqlSessionStore(setup, new MySqlSessionSql(setup.App)),
        ["mssql"] = setup => new SqlSessionStore(setup, new SqlServerSessionSql(setup.App)),
        ["memcached"] = setup => new MemcachedSessionStore(setup),
        ["redis"] = setup => new RedisSessionStore(setup),
        ["rediss"] = setup => new RedisSessionStore(setup),
    };

    public static SessionStore Open(SessionSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup.Uri);
        ArgumentException.ThrowIfNullOrEmpty(setup.App);
        ArgumentNullException.ThrowIfNull(setup.Backends);
        return All.TryGetValue(setup.Uri.Scheme, out var open) ? open(setup) : throw SessionsErrors.NoStore(setup.Uri, All.Keys);
    }
}
