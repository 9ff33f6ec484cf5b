using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Rowhouse.Sessions;

/// <summary>Walks through all sessions, in pages that Redis serves between the calls of others.</summary>
internal sealed partial class RedisSessionStore
{
    // Some two milliseconds of Redis's time.
    private const int KeysPerPage = 1000;

    // Of at most 1 MiB each.
    private const int SessionsPerRead = 50;

    // A step ends also where little is trash, so that who calls can pause.
    private const int PagesPerStep = 20;

    private const string Start = "0";

    private string Pattern => $"{Special().Replace(_prefix, @"\$0")}{{*}}";

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // SCAN may name a key twice. Half a hash tells keys apart, in an eighth of the memory.
        var seen = new HashSet<UInt128>();
        var cursor = Start;
        do
        {
            var (next, keys) = await ScanAsync(cursor, cancellationToken);
            keys.RemoveAll(key => !seen.Add(UInt128.Parse(key.ToString().AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            foreach (var page in keys.Chunk(SessionsPerRead))
            {
                var found = await _redis.UseAsync(database => Task.WhenAll(page.Select(key => database.HashGetAllAsync(HashKey(key)))), cancellationToken: cancellationToken);
                var now = _time.GetUtcNow();
                foreach (var session in page.Zip(found, RedisSessionHash.Read).OfType<StoredSession>().Where(session => session.Expires > now))
                {
                    yield return session;
                }
            }

            cursor = next;
        }
        while (cursor != Start);
    }

    public override async Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (trash.Expiration is null && trash.Now <= _time.GetUtcNow())
        {
            // Redis has removed what is expired, or does so when it is looked at.
            return default;
        }

        var (removed, cursor) = (0, position ?? Start);
        for (var page = 0; page < PagesPerStep; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (more, next, isDone) = await TrashPageAsync(trash, limit - removed, cursor, cancellationToken);
            (removed, cursor) = (removed + more, next);
            if (isDone && cursor == Start)
            {
                return new TrashStep(removed, Position: null);
            }

            if (removed == limit)
            {
                break;
            }
        }

        return new TrashStep(removed, cursor);
    }

    private async Task<(int Removed, string Next, bool IsDone)> TrashPageAsync(SessionTrash trash, int limit, string cursor, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            RedisSessionHash.Ticks(trash.Now), cursor, Pattern, KeysPerPage, limit,
            RedisSessionHash.Ticks(trash.Expiration is { } age ? trash.Now - age : null), trash.IsForced,
        ];
        var answer = (RedisResult[])(await RunAsync(RedisSessionScripts.Trash, [], values, cancellationToken))!;
        return ((int)answer[0], (string)answer[1]!, (bool)answer[2]);
    }

    private async Task<(string Next, List<SessionKey> Keys)> ScanAsync(string cursor, CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await _redis.UseAsync(database => database.ExecuteAsync("SCAN", cursor, "MATCH", Pattern, "COUNT", KeysPerPage), cancellationToken: cancellationToken))!;
        var keys = new List<SessionKey>();
        foreach (var name in (string[])answer[1]!)
        {
            if (SessionKey.TryParse(name[(_prefix.Length + 1)..^1], out var key))
            {
                keys.Add(key);
            }
        }

        return ((string)answer[0]!, keys);
    }

    [GeneratedRegex(@"[*?\[\]\\^]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
