namespace Rowhouse.Backends;

/// <summary>The table of the lock stores: a new kind of backend is one file in <c>Stores/</c> and one line here.</summary>
internal static class LockStores
{
    private static readonly Dictionary<string, Func<Backend, ILockStore>> All = new(StringComparer.Ordinal)
    {
        ["file"] = backend => new FileLockStore((FileBackend)backend),
        ["sqlite"] = backend => new SqlLockStore((DatabaseBackend)backend, new SqliteLockSql()),
        ["postgres"] = backend => new SqlLockStore((DatabaseBackend)backend, new PostgresLockSql()),
        ["mysql"] = backend => new SqlLockStore((DatabaseBackend)backend, new MySqlLockSql()),
        ["mssql"] = backend => new SqlLockStore((DatabaseBackend)backend, new SqlServerLockSql()),
        ["redis"] = backend => new RedisLockStore((RedisBackend)backend),
        ["rediss"] = backend => new RedisLockStore((RedisBackend)backend),
    };

    public static ILockStore Create(Backend backend) =>
        All.TryGetValue(backend.Uri.Scheme, out var create) ? create(backend) : throw BackendsErrors.NoLocks(backend.Uri, All.Keys);
}
