namespace Rowhouse.Backends;

/// <summary>The table of the key stores: a new kind of backend is one file in <c>Stores/</c> and one line here.</summary>
internal static class KeyStores
{
    private static readonly Dictionary<string, Func<Backend, KeyStore>> All = new(StringComparer.Ordinal)
    {
        ["file"] = backend => new FileKeyStore((FileBackend)backend),
        ["sqlite"] = backend => new SqlKeyStore((DatabaseBackend)backend),
        ["postgres"] = backend => new SqlKeyStore((DatabaseBackend)backend),
        ["mysql"] = backend => new SqlKeyStore((DatabaseBackend)backend),
        ["mssql"] = backend => new SqlKeyStore((DatabaseBackend)backend),
        ["redis"] = backend => new RedisKeyStore((RedisBackend)backend),
        ["rediss"] = backend => new RedisKeyStore((RedisBackend)backend),
    };

    public static KeyStore Create(Backend backend) =>
        All.TryGetValue(backend.Uri.Scheme, out var create) ? create(backend) : throw BackendsErrors.NoKeys(backend.Uri, All.Keys);
}
