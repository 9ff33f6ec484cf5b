using StackExchange.Redis;

namespace Rowhouse.Backends;

/// <summary>The hash <c>rowhouse:keys</c>, behind the prefix of the URI. Redis must not evict it: docs/how-to/data-protection-keys.md.</summary>
internal sealed class RedisKeyStore : KeyStore
{
    private readonly RedisBackend _redis;

    public RedisKeyStore(RedisBackend redis)
        : base(redis)
    {
        _redis = redis;
    }

    private RedisKey Hash => $"{_redis.Prefix}rowhouse:keys";

    private protected override IReadOnlyCollection<string> ReadAll() => _redis.Use<IReadOnlyCollection<string>>(database => [.. database.HashValues(Hash).Select(value => value.ToString())]);

    private protected override void Write(string name, string xml) => _redis.Use(database => database.HashSet(Hash, name, xml));
}
