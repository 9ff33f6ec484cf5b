using System.Globalization;

namespace Rowhouse.Sessions;

/// <content>
/// Taking out the trash: first what is expired, in that order, by the index; then, if an age is given, all others page by page. The position begins
/// with the letter of the part.
/// </content>
internal sealed partial class SqlSessionStore
{
    private const char Expired = 'e';
    private const char Old = 'o';

    // Before all sessions, and within what each of the databases can tell.
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    public override Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trash);
        return position is [Old, .. var after] ? TrashOldAsync(trash, limit, after, cancellationToken) : TrashExpiredAsync(trash, limit, position, cancellationToken);
    }

    private async Task<TrashStep> TrashExpiredAsync(SessionTrash trash, int limit, string? position, CancellationToken cancellationToken)
    {
        var since = position is [Expired, .. var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : LongAgo;
        var (rows, successors, last) = await RepeatAsync<(int Rows, int Successors, DateTimeOffset? Last)>(
            async (connection, token) => await connection.TrashExpiredAsync(since, trash.Now, limit, token),
            isTransaction: true,
            cancellationToken);
        var next = rows == limit && last is { } end ? string.Create(CultureInfo.InvariantCulture, $"{Expired}{end.UtcTicks}") : trash.Expiration is null ? null : $"{Old}";
        return new TrashStep(rows - successors, next);
    }

    private async Task<TrashStep> TrashOldAsync(SessionTrash trash, int limit, string after, CancellationToken cancellationToken)
    {
        var end = await ReadAsync((connection, token) => connection.FindValueAsync(_sql.PageEnd, [("@after", after), ("@limit", limit - 1)], token), cancellationToken) as string;
        var cutoff = trash.Now - (trash.Expiration ?? TimeSpan.MaxValue);
        var removed = await RepeatAsync(
            async (connection, token) => (int?)await connection.ExecuteAsync(
                _sql.TrashOld,
                [("@after", after), ("@last", end ?? "g"), ("@cutoff", _sql.Time(cutoff)), ("@own", trash.IsForced ? 1 : 0)],
                token),
            isTransaction: true,
            cancellationToken);
        return new TrashStep(removed, end is null ? null : $"{Old}{end}");
    }
}
