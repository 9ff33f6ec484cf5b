using System.Globalization;
using StackExchange.Redis;

namespace Rowhouse.Backends;

/// <summary>
/// Locks in Redis: one key per lock that ends by itself, and one with its last token. The token is Redis's time in microseconds, or one more than
/// the last if that is larger: so it grows also when a failover has lost the last one.
/// </summary>
internal sealed class RedisLockStore : ILockStore
{
    private const string Take = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return false end
        local time = redis.call('TIME')
        local token = math.max(tonumber(time[1]) * 1000000 + tonumber(time[2]), tonumber(redis.call('GET', KEYS[2]) or '0') + 1)
        local text = string.format('%.0f', token)
        redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. text, 'PX', ARGV[2])
        redis.call('SET', KEYS[2], text, 'PX', ARGV[3])
        return text
        """;

    private const string Renew = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";

    private const string Release = """
        local held = redis.call('GET', KEYS[1])
        if held and string.sub(held, 1, #ARGV[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end
        """;

    /// <summary>How long the last token of a lock is kept that nobody takes; after that the clock alone makes the next one larger.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(7);

    private readonly RedisBackend _redis;

    public RedisLockStore(RedisBackend redis)
    {
        _redis = redis;
    }

    public async Task<long?> TryTakeAsync(string name, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var text = (string?)await CallAsync(Take, [LockKey(name), $"{LockKey(name)}:token"], [owner, Millis(lease), Millis(TokenLife)], lease, cancellationToken);
        return text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
    }

    public async Task<bool> TryRenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken) =>
        (long)await CallAsync(Renew, [LockKey(name)], [Value(owner, token), Millis(lease)], lease, cancellationToken) == 1;

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        CallAsync(Release, [LockKey(name)], [owner + ' '], _redis.Timeout, cancellationToken);

    private static string Value(string owner, long token) => string.Create(CultureInfo.InvariantCulture, $"{owner} {token}");

    private static long Millis(TimeSpan time) => (long)time.TotalMilliseconds;

    // In braces, so that both keys of a lock lie on the same node of a cluster.
    private string LockKey(string name) => $"{_redis.Prefix}rowhouse:lock:{{{name}}}";

    private Task<RedisResult> CallAsync(string script, RedisKey[] keys, RedisValue[] values, TimeSpan lease, CancellationToken cancellationToken) =>
        _redis.UseAsync(database => database.ScriptEvaluateAsync(script, keys, values), LockLimit.Of(_redis, lease), cancellationToken);
}
