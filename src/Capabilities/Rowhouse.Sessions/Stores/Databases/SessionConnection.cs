using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>The statements of <see cref="SessionSql"/> on one connection.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are those of SessionSql; values are parameters.")]
internal sealed class SessionConnection
{
    private const int MaxUser = 200;
    private const int MaxClient = 64;

    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly SessionSql _sql;
    private readonly SessionRecords _records;

    public SessionConnection(DbConnection connection, DbTransaction? transaction, SessionSql sql, SessionRecords records)
    {
        _connection = connection;
        _transaction = transaction;
        _sql = sql;
        _records = records;
    }

    /// <summary>What stands under a key; within a transaction nobody else may change it until that ends.</summary>
    public async Task<SessionRow?> FindAsync(SessionKey key, CancellationToken cancellationToken)
    {
        await using var command = Command(_transaction is null ? _sql.Find : _sql.FindLocked, ("@key", key.ToString()));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Row(key, reader) : null;
    }

    /// <summary>Stores a record where there was no row, or in the place of what it held.</summary>
    /// <returns>Whether nobody was faster.</returns>
    public async Task<bool> PutAsync(SessionKey key, SessionRow? row, SessionRecord record, CancellationToken cancellationToken)
    {
        await using var command = Command(row is null ? _sql.Insert : _sql.Replace);
        AddChanged(command, key, row, record);
        Add(command, "@client", Shown(record.Session?.ClientAddress, MaxClient));
        Add(command, "@created", record.Session is { } session ? _sql.Time(session.Created) : DBNull.Value);
        Add(command, "@successor", record.Successor?.ToString() ?? (object)DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Stores what became of a session that is as it was read.</summary>
    /// <returns>Whether nobody was faster.</returns>
    public async Task<bool> UpdateAsync(SessionKey key, SessionRow row, SessionRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.Update, ("@now", _sql.Time(now)));
        AddChanged(command, key, row, record);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Runs a statement that gives nothing back.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first value that a statement gives; null if it gives none.</summary>
    public async Task<object?> FindValueAsync(string sql, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>A page of sessions, and the key behind which the next one begins, if there may be one.</summary>
    public async Task<(List<StoredSession> Sessions, string? Last)> ListAsync(string after, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.List, ("@after", after), ("@now", _sql.Time(now)), ("@limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<StoredSession>();
        var (rows, last) = (0, after);
        for (; await reader.ReadAsync(cancellationToken); rows++)
        {
            last = reader.GetString(4);
            if (SessionKey.TryParse(last, out var key) && Row(key, reader).Record?.Session is { } session)
            {
                found.Add(session);
            }
        }

        return (found, rows == limit ? last : null);
    }

    /// <summary>Runs <see cref="SessionSql.TrashExpired"/>.</summary>
    public async Task<(int Rows, int Successors, DateTimeOffset? Last)> TrashExpiredAsync(string sql, DateTimeOffset since, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, ("@since", _sql.Time(since)), ("@now", _sql.Time(now)), ("@limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (rows, successors) = (reader.GetInt32(0), reader.GetInt32(1));
        var last = await reader.IsDBNullAsync(2, cancellationToken) ? (DateTimeOffset?)null : _sql.ReadTime(reader, 2);
        while (await reader.NextResultAsync(cancellationToken))
        {
            // What removes comes after what counts.
        }

        return (rows, successors, last);
    }

    /// <summary>Runs <see cref="SessionSql.TrashBlocks"/>.</summary>
    public async Task<(int Rows, int Successors, long? Last, long Blocks)> TrashBlocksAsync(string sql, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var last = await reader.IsDBNullAsync(2, cancellationToken) ? (long?)null : reader.GetInt64(2);
        return (reader.GetInt32(0), reader.GetInt32(1), last, reader.GetInt64(3));
    }

    // For people and their queries; the record has it as it is. What no database takes (NUL, half of a pair) is left out.
    private static object Shown(string? text, int max)
    {
        if (text is null)
        {
            return DBNull.Value;
        }

        var shown = string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0 && rune != Rune.ReplacementChar));
        return shown.Length <= max ? shown : shown[..(char.IsHighSurrogate(shown[max - 1]) ? max - 1 : max)];
    }

    private SessionRow Row(SessionKey key, DbDataReader reader)
    {
        var version = reader.GetInt64(2);
        var record = _records.Read(key, reader.GetFieldValue<byte[]>(3));
        if (record?.Session is { } session)
        {
            // A touch changes these columns alone.
            record = SessionRecord.Of(session with { Modified = _sql.ReadTime(reader, 0), Expires = _sql.ReadTime(reader, 1), Version = version });
        }

        return new SessionRow(record, version);
    }

    private void AddChanged(DbCommand command, SessionKey key, SessionRow? row, SessionRecord record)
    {
        Add(command, "@key", key.ToString());
        Add(command, "@user", Shown(record.Session?.User, MaxUser));
        Add(command, "@modified", _sql.Time(record.Session?.Modified ?? record.Expires));
        Add(command, "@expires", _sql.Time(record.Expires));
        Add(command, "@own", record.Session?.HasOwnTimeout == true ? 1 : 0);
        Add(command, "@data", SessionCodec.Write(record));

        // A row that is made anew under a key does not have the versions of the one before it.
#pragma warning disable CA5394 // no secret
        Add(command, "@next", row?.Version + 1 ?? Random.Shared.NextInt64(1L << 62));
#pragma warning restore CA5394
        if (row is not null)
        {
            Add(command, "@version", row.Version);
        }
    }

    private DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, _transaction);
        foreach (var (name, value) in values)
        {
            Add(command, name, value);
        }

        return command;
    }

    private void Add(DbCommand command, string name, object value) => command.Parameters.Add(_sql.Named(command.CreateParameter(), name, value));
}
