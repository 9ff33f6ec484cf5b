using System.Data.Common;

namespace Rowhouse.Sessions;

/// <content>Commits: first by what is known already, then by what is read anew, and after some conflicts with the row locked, so that nobody starves.</content>
internal sealed partial class SqlSessionStore
{
    private const int ConflictsBeforeLock = 4;

    /// <summary>With the row locked there are none but deadlocks and a row that comes and goes.</summary>
    private const int MostConflicts = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private protected override async Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken)
    {
        var (conflicts, began) = (0, TimeProvider.System.GetTimestamp());
        var row = known is { Version: long version } ? new SessionRow(SessionRecord.Of(known), version) : null;
        if (row is not null || change.IsNew)
        {
            // What is known may be old: of what it tells, only that which can be stored counts.
            var (session, commit) = SessionMerge.Apply(key, row?.Record, change, Now);
            if (session is not null)
            {
                if (await TryAsync<SessionCommit>(async (connection, token) => await StoreAsync(connection, key, row, session, token) ? commit : null, isTransaction: false, began, cancellationToken) is { } made)
                {
                    return made;
                }

                conflicts++;
            }
        }

        for (; ; conflicts++)
        {
            await PauseAsync(conflicts, began, cancellationToken);
            if (await TryAsync((connection, token) => MergeAsync(connection, key, change, token), conflicts >= ConflictsBeforeLock, began, cancellationToken) is { } commit)
            {
                return commit with { Conflicts = conflicts };
            }
        }
    }

    private async Task<SessionCommit?> MergeAsync(SessionConnection connection, SessionKey key, SessionChange change, CancellationToken cancellationToken)
    {
        var row = await connection.FindAsync(key, cancellationToken);
        var (session, commit) = SessionMerge.Apply(key, row?.Record, change, Now);
        return session is null || await StoreAsync(connection, key, row, session, cancellationToken) ? commit : null;
    }

    private Task<bool> StoreAsync(SessionConnection connection, SessionKey key, SessionRow? row, StoredSession session, CancellationToken cancellationToken)
    {
        var now = Now;
        return row?.Record?.Alive(now) is null
            ? connection.PutAsync(key, row, SessionRecord.Of(session), cancellationToken)
            : connection.UpdateAsync(key, row, SessionRecord.Of(session), now, cancellationToken);
    }

    /// <summary>Does something until nobody is in the way.</summary>
    private async Task<T> RepeatAsync<T>(Func<SessionConnection, CancellationToken, Task<T?>> work, bool isTransaction, CancellationToken cancellationToken)
        where T : struct
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var conflicts = 0; ; conflicts++)
        {
            await PauseAsync(conflicts, began, cancellationToken);
            if (await TryAsync(work, isTransaction, began, cancellationToken) is { } result)
            {
                return result;
            }
        }
    }

    /// <summary>Does something; null if somebody was in the way.</summary>
    private async Task<T?> TryAsync<T>(Func<SessionConnection, CancellationToken, Task<T?>> work, bool isTransaction, long began, CancellationToken cancellationToken)
        where T : struct
    {
        try
        {
            return await WriteAsync(work, isTransaction, began, cancellationToken);
        }
        catch (DbException e) when (_sql.IsConflict(e))
        {
            return null;
        }
    }

    private TimeSpan TimeLeft(long began)
    {
        var left = _database.Timeout - TimeProvider.System.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // By the real clock: it is the database that is waited for.
    private async Task PauseAsync(int conflicts, long began, CancellationToken cancellationToken)
    {
        if (conflicts == 0)
        {
            return;
        }

        // All tries together take no longer than one call may, whatever holds the locks; SQLite itself waits in each of them.
        if (TimeLeft(began) == TimeSpan.Zero)
        {
            throw BackendsErrors.TimedOut(Name, _database.Timeout);
        }

        if (conflicts > MostConflicts)
        {
            throw SessionsErrors.TooManyConflicts(Name, conflicts);
        }

        var longest = FirstPause * (1 << Math.Min(conflicts, 5));
#pragma warning disable CA5394 // no secret
        await Task.Delay((longest < LongestPause ? longest : LongestPause) * Random.Shared.NextDouble(), TimeProvider.System, cancellationToken);
#pragma warning restore CA5394
    }
}
