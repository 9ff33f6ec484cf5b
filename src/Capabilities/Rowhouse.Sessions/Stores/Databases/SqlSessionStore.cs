using System.Data;
using System.Runtime.CompilerServices;

namespace Rowhouse.Sessions;

/// <summary>Sessions in the table <c>rowhouse_session_APP</c> of a database. docs/reference/session-stores.md has the columns.</summary>
internal sealed partial class SqlSessionStore : SessionStore
{
    /// <summary>Of at most 1 MiB each.</summary>
    private const int PageSize = 50;

    private readonly DatabaseBackend _database;
    private readonly SessionSql _sql;
    private readonly DatabaseTable _table;
    private readonly SessionRecords _records;
    private readonly TimeProvider _time;

    // SQLite has one writer: here they queue, instead of blocking a thread each until it is their turn.
    private readonly SemaphoreSlim? _turn;

    public SqlSessionStore(SessionSetup setup, SessionSql sql)
        : this(setup, sql, setup.Backends.GetDatabase(setup.Uri))
    {
    }

    private SqlSessionStore(SessionSetup setup, SessionSql sql, DatabaseBackend database)
        : base(database.Name)
    {
        _database = database;
        _sql = sql;
        _table = new DatabaseTable(database, sql.Table, sql.Create);
        _records = new SessionRecords(setup.Logger, $"{database.Name} ({sql.Table})");
        _time = setup.Time;
        _turn = database.Kind == DatabaseKind.Sqlite ? new SemaphoreSlim(1) : null;
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    public override Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(async (connection, token) => (await connection.FindAsync(key, token))?.Record?.Alive(Now), cancellationToken);

    public override Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default) =>
        RepeatAsync(
            async (connection, token) => (int?)await connection.ExecuteAsync(
                _sql.Touch,
                [("@key", key.ToString()), ("@modified", _sql.Time(modified)), ("@expires", _sql.Time(expires)), ("@now", _sql.Time(Now))],
                token),
            isTransaction: false,
            cancellationToken);

    public override Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default) =>
        RepeatAsync<bool>(
            async (connection, token) =>
            {
                var row = await connection.FindAsync(session.Key, token);
                if (session.Expires <= Now || row?.Record?.YieldsTo(session, Now) == false)
                {
                    return false;
                }

                return await connection.PutAsync(session.Key, row, SessionRecord.Of(session), token) ? true : null;
            },
            isTransaction: true,
            cancellationToken);

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = "";
        for (var isMore = true; isMore;)
        {
            var start = after;
            var (sessions, last) = await ReadAsync((connection, token) => connection.ListAsync(start, Now, PageSize, token), cancellationToken);
            foreach (var session in sessions)
            {
                yield return session;
            }

            (after, isMore) = (last ?? after, last is not null);
        }
    }

    internal override Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken) =>
        ReadAsync(async (connection, token) => (await connection.FindAsync(key, token))?.Record?.SuccessorAt(Now), cancellationToken);

    private protected override Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken) =>
        RepeatAsync<bool>(
            async (connection, token) =>
            {
                var row = await connection.FindAsync(key, token);
                if (row?.Record?.Alive(Now) is not { } session)
                {
                    return false;
                }

                return await connection.PutAsync(newKey, row: null, SessionRecord.Of(session), token)
                    && await connection.PutAsync(key, row, SessionRecord.LeadingTo(newKey, Now), token) ? true : null;
            },
            isTransaction: true,
            cancellationToken);

    private protected override Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken) =>
        RepeatAsync<bool>(
            async (connection, token) =>
            {
                (string, object)[] values = [("@key", key.ToString()), ("@now", _sql.Time(Now))];
                var isRemoved = await connection.ExecuteAsync(_sql.RemoveAlive, values, token) > 0;
                if (!isRemoved)
                {
                    await connection.ExecuteAsync(_sql.RemoveExpired, values, token);
                }

                return isRemoved;
            },
            isTransaction: false,
            cancellationToken);

    private Task<T> ReadAsync<T>(Func<SessionConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => _database.UseAsync(
        async (connection, token) =>
        {
            await _table.EnsureAsync(connection, token);
            return await work(new SessionConnection(connection, transaction: null, _sql, _records), token);
        },
        cancellationToken: cancellationToken);

    private async Task<T> WriteAsync<T>(Func<SessionConnection, CancellationToken, Task<T>> work, bool isTransaction, CancellationToken cancellationToken)
    {
        // Only to spare threads: who has waited as long as a call may take tries without a turn.
        var hasTurn = _turn is not null && await _turn.WaitAsync(_database.Timeout, cancellationToken);
        try
        {
            return isTransaction ? await TransactAsync(work, cancellationToken) : await ReadAsync(work, cancellationToken);
        }
        finally
        {
            if (hasTurn)
            {
                _turn!.Release();
            }
        }
    }

    // What gives null is undone. Read committed, since MySQL would else lock the gap where no row is, and others with it.
    private Task<T> TransactAsync<T>(Func<SessionConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => _database.UseAsync(
        async (connection, token) =>
        {
            await _table.EnsureAsync(connection, token);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, token);
            var result = await work(new SessionConnection(connection, transaction, _sql, _records), token);
            if (result is not null)
            {
                await transaction.CommitAsync(token);
            }

            return result;
        },
        cancellationToken: cancellationToken);
}
