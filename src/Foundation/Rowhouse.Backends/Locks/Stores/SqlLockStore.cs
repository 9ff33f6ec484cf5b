using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rowhouse.Backends;

/// <summary>Locks in the table <c>rowhouse_lock</c> of a database. No session state, so it works through pgbouncer and after a failover.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are constants of LockSql; values are parameters.")]
internal sealed class SqlLockStore : ILockStore
{
    private const int TakesBetweenCleanings = 1000;

    private readonly DatabaseBackend _database;
    private readonly LockSql _sql;
    private readonly DatabaseTable _table;
    private int _takes;

    public SqlLockStore(DatabaseBackend database, LockSql sql)
    {
        _database = database;
        _sql = sql;
        _table = new DatabaseTable(database, LockSql.Table, sql.Create);
    }

    public async Task<long?> TryTakeAsync(string name, string owner, TimeSpan lease, CancellationToken cancellationToken) =>
        await _database.UseAsync(
            async (connection, token) =>
            {
                await _table.EnsureAsync(connection, token);
                await CleanAsync(connection, token);
                await using var command = Command(connection, _sql.Take, ("@name", name), ("@owner", owner), ("@lease", Micros(lease)));
                var taken = await command.ExecuteScalarAsync(token);
                return taken is null or DBNull ? (long?)null : Convert.ToInt64(taken, CultureInfo.InvariantCulture);
            },
            LockLimit.Of(_database, lease),
            cancellationToken);

    public Task<bool> TryRenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken) =>
        _database.UseAsync(
            async (connection, cancellation) =>
            {
                await using var command = Command(connection, _sql.Renew, ("@name", name), ("@owner", owner), ("@token", token), ("@lease", Micros(lease)));
                return await command.ExecuteNonQueryAsync(cancellation) == 1;
            },
            LockLimit.Of(_database, lease),
            cancellationToken);

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        _database.UseAsync(
            async (connection, cancellation) =>
            {
                await using var command = Command(connection, LockSql.Release, ("@name", name), ("@owner", owner));
                return await command.ExecuteNonQueryAsync(cancellation);
            },
            cancellationToken: cancellationToken);

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task CleanAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _takes) % TakesBetweenCleanings == 0)
        {
            await using var command = Command(connection, _sql.Clean);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
