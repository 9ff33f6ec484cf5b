using System.Globalization;

namespace Rowhouse.Sessions;

/// <content>
/// Taking out the trash: first what is expired, in that order, if there is an index; then, if there is none or an age is given, all others page by page
/// in the order of their keys. The position begins with the letter of the part.
/// </content>
internal sealed partial class SqlSessionStore
{
    private const char Expired = 'e';
    private const char Page = 'p';

    // Keys are hexadecimal.
    private const string BehindAllKeys = "g";

    // Before all sessions, and within what each of the databases can tell.
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    public override Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trash);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (position is [Page, .. var after])
        {
            return TrashPageAsync(trash, limit, after, cancellationToken);
        }

        return _sql.TrashExpired is { } sql ? TrashExpiredAsync(sql, trash, limit, position, cancellationToken) : TrashPageAsync(trash, limit, after: "", cancellationToken);
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
        var cutoff = trash.Expiration is { } age ? trash.Now - age : LongAgo;
        (string, object)[] page = [("@after", after), ("@last", end ?? BehindAllKeys), ("@now", _sql.Time(trash.Now))];
        var removed = await RepeatAsync(
            async (connection, token) =>
            {
                await connection.ExecuteAsync(_sql.TrashSuccessors, page, token);
                return (int?)await connection.ExecuteAsync(_sql.TrashPage, [.. page, ("@cutoff", _sql.Time(cutoff)), ("@own", trash.IsForced ? 1 : 0)], token);
            },
            isTransaction: true,
            cancellationToken);
        return new TrashStep(removed, end is null ? null : $"{Page}{end}");
    }
}
