namespace Rowhouse.Backends;

/// <summary>The table of the backends: a new kind is one more line.</summary>
internal static class BackendFactories
{
    private static readonly Dictionary<string, Func<BackendSetup, Backend>> All = new(StringComparer.Ordinal)
    {
        ["file"] = setup => new FileBackend(setup),
        ["sqlite"] = setup => new DatabaseBackend(setup, DatabaseKind.Sqlite),
        ["postgres"] = setup => new DatabaseBackend(setup, DatabaseKind.Postgres),
        ["mysql"] = setup => new DatabaseBackend(setup, DatabaseKind.MySql),
        ["mssql"] = setup => new DatabaseBackend(setup, DatabaseKind.SqlServer),
        ["redis"] = setup => new RedisBackend(setup),
        ["rediss"] = setup => new RedisBackend(setup),
        ["memcached"] = setup => new MemcachedBackend(setup),
    };

    public static Backend Create(BackendSetup setup) =>
        All.TryGetValue(setup.Uri.Scheme, out var create) ? create(setup) : throw BackendsErrors.NoBackend(setup.Uri, All.Keys);
}
