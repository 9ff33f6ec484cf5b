using System.Globalization;

namespace Rowhouse.Sessions;

/// <content>
/// Taking out the trash: by blocks of the table, where it can be; else first what is expired, in that order, if there is an index; then, if there is
/// none or an age is given, all others page by page in the order of their keys. The position begins with the letter of the way.
/// </content>
internal sealed partial class SqlSessionStore
{
    private const char Block = 'b';
    private const char Expired = 'e';
    private const char Page = 'p';

    // Half a MiB of PostgreSQL's blocks; some milliseconds.
    private const int LeastBlocks = 64;

    // Keys are hexadecimal.
    private const string BehindAllKeys = "g";

    // Before all sessions, and within what each of the databases can tell.
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    public override Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trash);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (_sql.TrashBlocks is { } blocks)
        {
            return TrashBlocksAsync(blocks, trash, limit, position, cancellationToken);
        }

        if (position is [Page, .. var after])
        {
            return TrashPageAsync(trash, limit, after, cancellationToken);
        }

        return _sql.TrashExpired is { } sql ? TrashExpiredAsync(sql, trash, limit, position, cancellationToken) : TrashPageAsync(trash, limit, after: "", cancellationToken);
    }

    private static DateTimeOffset Cutoff(SessionTrash trash) => trash.Expiration is { } age ? trash.Now - age : LongAgo;

    private async Task<TrashStep> TrashBlocksAsync(string sql, SessionTrash trash, int limit, string? position, CancellationToken cancellationToken)
    {
        var from = position is [Block, .. var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var block) ? block : 0;
        var blocks = Math.Max(limit, LeastBlocks);
        (string, object)[] values =
        [
            ("@from", from), ("@blocks", blocks), ("@limit", limit), ("@now", _sql.Time(trash.Now)), ("@cutoff", _sql.Time(Cutoff(trash))), ("@own", trash.IsForced ? 1 : 0),
        ];
        var (rows, successors, last, all) = await RepeatAsync<(int Rows, int Successors, long? Last, long Blocks)>(
            async (connection, token) => await connection.TrashBlocksAsync(sql, values, token),
            isTransaction: false,
            cancellationToken);

        // A block whose rows are more than the step may remove is looked at again.
        var next = rows == limit && last is { } end ? end : from + blocks;
        return new TrashStep(rows - successors, next < all || rows == limit ? string.Create(CultureInfo.InvariantCulture, $"{Block}{next}") : null);
    }

    private async Task<TrashStep> TrashExpiredAsync(string sql, SessionTrash trash, int limit, string? position, CancellationToken cancellationToken)
    {
        var since = position is [Expired, .. var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : LongAgo;
        var (rows, successors, last) = await RepeatAsync<(int Rows, int Successors, DateTimeOffset? Last)>(
            async (connection, token) => await connection.TrashExpiredAsync(sql, since, trash.Now, limit, token),
            isTransaction: true,
            cancellationToken);
        var next = rows == limit && last is { } end ? string.Create(CultureInfo.InvariantCulture, $"{Expired}{end.UtcTicks}") : trash.Expiration is null ? null : $"{Page}";
        return new TrashStep(rows - successors, next);
    }

    private async Task<TrashStep> TrashPageAsync(SessionTrash trash, int limit, string after, CancellationToken cancellationToken)
    {
        var end = await ReadAsync((connection, token) => connection.FindValueAsync(_sql.PageEnd, [("@after", after), ("@limit", limit - 1)], token), cancellationToken) as string;
        (string, object)[] page = [("@after", after), ("@last", end ?? BehindAllKeys), ("@now", _sql.Time(trash.Now))];
        var removed = await RepeatAsync(
            async (connection, token) =>
            {
                await connection.ExecuteAsync(_sql.TrashSuccessors, page, token);
                return (int?)await connection.ExecuteAsync(_sql.TrashPage, [.. page, ("@cutoff", _sql.Time(Cutoff(trash))), ("@own", trash.IsForced ? 1 : 0)], token);
            },
            isTransaction: true,
            cancellationToken);
        return new TrashStep(removed, end is null ? null : $"{Page}{end}");
    }
}
