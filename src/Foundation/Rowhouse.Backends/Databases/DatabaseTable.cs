using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Rowhouse.Backends;

/// <summary>A table of Rowhouse in somebody's database, made when it is first needed.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are constants of this project; values are parameters.")]
internal sealed class DatabaseTable
{
    private readonly DatabaseBackend _database;
    private readonly string _name;
    private readonly string _create;
    private volatile bool _isThere;

    public DatabaseTable(DatabaseBackend database, string name, string create)
    {
        _database = database;
        _name = name;
        _create = create;
    }

    /// <summary>Makes the table unless it is there. Asking first lets a user without the right to create tables use one that is there.</summary>
    public async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (_isThere || await IsThereAsync(connection, cancellationToken))
        {
            return;
        }

        try
        {
            await ExecuteAsync(connection, _create, cancellationToken);
        }
        catch (DbException e) when (!DataSources.IsOutage(e, _database.Kind))
        {
            // Perhaps another node has made it at the same moment.
            if (!await IsThereAsync(connection, cancellationToken))
            {
                throw BackendsErrors.NoTable(_database.Name, _name, _create, e);
            }
        }

        _isThere = true;
    }

    /// <summary>As <see cref="EnsureAsync"/>, for interfaces that are synchronous.</summary>
    public void Ensure(DbConnection connection)
    {
        if (_isThere || IsThere(connection))
        {
            return;
        }

        try
        {
            Execute(connection, _create);
        }
        catch (DbException e) when (!DataSources.IsOutage(e, _database.Kind))
        {
            if (!IsThere(connection))
            {
                throw BackendsErrors.NoTable(_database.Name, _name, _create, e);
            }
        }

        _isThere = true;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<bool> IsThereAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, $"select 1 from {_name} where 1 = 0", cancellationToken);
            return _isThere = true;
        }
        catch (DbException e) when (!DataSources.IsOutage(e, _database.Kind))
        {
            return false;
        }
    }

    private bool IsThere(DbConnection connection)
    {
        try
        {
            Execute(connection, $"select 1 from {_name} where 1 = 0");
            return _isThere = true;
        }
        catch (DbException e) when (!DataSources.IsOutage(e, _database.Kind))
        {
            return false;
        }
    }
}
