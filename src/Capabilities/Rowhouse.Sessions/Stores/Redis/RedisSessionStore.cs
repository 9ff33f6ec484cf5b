using StackExchange.Redis;

namespace Rowhouse.Sessions;

/// <summary>
/// Sessions in Redis or Valkey: a hash each (<see cref="RedisSessionHash"/>), which Redis itself removes when it is expired. A load is one HGETALL, and
/// every change is one script, so that it is made whole or not at all.
/// </summary>
internal sealed partial class RedisSessionStore : SessionStore
{
    private readonly RedisBackend _redis;
    private readonly TimeProvider _time;
    private readonly string _prefix;

    public RedisSessionStore(SessionSetup setup)
        : this(setup, setup.Backends.GetRedis(setup.Uri))
    {
    }

    private RedisSessionStore(SessionSetup setup, RedisBackend redis)
        : base(redis.Name)
    {
        _redis = redis;
        _time = setup.Time;
        _prefix = $"{redis.Prefix}rowhouse:session:{setup.App}:";
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    public override async Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        var name = HashKey(key);
        var session = RedisSessionHash.Read(key, await _redis.UseAsync(database => database.HashGetAllAsync(name), cancellationToken: cancellationToken));
        return session is not null && session.Expires > Now ? session : null;
    }

    public override Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default)
    {
        var now = Now;
        RedisValue[] values = [RedisSessionHash.Ticks(now), RedisSessionHash.Ticks(expires), Life(now, expires), RedisSessionHash.Ticks(modified)];
        return RunAsync(RedisSessionScripts.Touch, [HashKey(key)], values, cancellationToken);
    }

    public override async Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default)
    {
        var now = Now;
        if (session.Expires <= now)
        {
            return false;
        }

        RedisValue[] values = [RedisSessionHash.Ticks(now), Life(now, session.Expires), RedisSessionHash.Ticks(session.Modified), .. RedisSessionHash.Write(session)];
        return (bool)await RunAsync(RedisSessionScripts.Import, [HashKey(session.Key)], values, cancellationToken);
    }

    internal override async Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var name = HashKey(key);
        var found = await _redis.UseAsync(database => database.HashGetAsync(name, ["s", "e"]), cancellationToken: cancellationToken);
        return SessionKey.TryParse(found[0], out var successor) && found[1].TryParse(out long ticks) && ticks > Now.UtcTicks ? successor : null;
    }

    private protected override async Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken)
    {
        var now = Now;
        RedisValue[] values = [RedisSessionHash.Ticks(now), newKey.ToString(), RedisSessionHash.Ticks(now + SuccessorLife), Life(now, now + SuccessorLife)];
        return (bool)await RunAsync(RedisSessionScripts.Renew, [HashKey(key), HashKey(newKey)], values, cancellationToken);
    }

    private protected override async Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken) =>
        (bool)await RunAsync(RedisSessionScripts.Remove, [HashKey(key)], [RedisSessionHash.Ticks(Now)], cancellationToken);

    private protected override async Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(RedisSessionScripts.Commit, [HashKey(key)], Arguments(change, Now), cancellationToken);
        if (answer.Resp3Type == ResultType.BulkString)
        {
            return new SessionCommit(SessionOutcome.Gone) { Successor = SessionKey.TryParse((string?)answer, out var successor) ? successor : null };
        }

        return new SessionCommit((int)answer switch
        {
            RedisSessionScripts.Saved => SessionOutcome.Saved,
            RedisSessionScripts.Gone => SessionOutcome.Gone,
            _ => SessionOutcome.Unexpected,
        });
    }

    private static RedisValue[] Arguments(SessionChange change, DateTimeOffset now)
    {
        var expected = change.Expected ?? new Dictionary<string, byte[]?>();
        var written = change.Values.Count(value => value.Value is not null);
        var all = new List<RedisValue>(RedisSessionScripts.CommitArguments + (3 * expected.Count) + written + change.Values.Count)
        {
            RedisSessionHash.Ticks(now),
            RedisSessionHash.Ticks(change.Expires),
            Life(now, change.Expires),
            change.IsNew,
            change.IsCleared,
            RedisSessionHash.Ticks(change.End),
            change.IdleTimeout.Ticks,
            change.HasOwnTimeout,
            Marked(change.User),
            Marked(change.ClientAddress),
            RedisSessionHash.Ticks(change.Modified),
            expected.Count,
            written,
        };
        foreach (var (name, value) in expected)
        {
            all.AddRange([RedisSessionHash.Field(name), value is not null, value ?? []]);
        }

        foreach (var (name, value) in change.Values.Where(value => value.Value is not null))
        {
            all.AddRange([RedisSessionHash.Field(name), value]);
        }

        all.AddRange(change.Values.Where(value => value.Value is null).Select(value => RedisSessionHash.Field(value.Key)));
        return [.. all];
    }

    // So that an empty text is told from none.
    private static RedisValue Marked(string? text) => text is null ? RedisValue.EmptyString : '=' + text;

    // From now, and not until a date: the clocks of the nodes say what is expired, and Redis's may be another.
    private static RedisValue Life(DateTimeOffset now, DateTimeOffset expires) => (long)Math.Ceiling((expires - now).TotalMilliseconds);

    private RedisKey HashKey(SessionKey key) => $"{_prefix}{{{key}}}";

    private Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        _redis.UseAsync(database => script.RunAsync(database, keys, values), cancellationToken: cancellationToken);
}
