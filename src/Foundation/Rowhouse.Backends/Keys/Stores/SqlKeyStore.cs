using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Rowhouse.Backends;

/// <summary>The table <c>rowhouse_key</c> of a database.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are constants; values are parameters.")]
internal sealed class SqlKeyStore : KeyStore
{
    private const string Table = "rowhouse_key";

    private readonly DatabaseBackend _database;
    private readonly DatabaseTable _table;

    public SqlKeyStore(DatabaseBackend database)
        : base(database)
    {
        _database = database;
        _table = new DatabaseTable(database, Table, database.Kind switch
        {
            DatabaseKind.SqlServer => $"create table {Table} (name nvarchar(100) not null primary key, xml nvarchar(max) not null)",
            DatabaseKind.MySql => $"create table if not exists {Table} (name varchar(100) primary key, xml mediumtext not null) character set utf8mb4",
            _ => $"create table if not exists {Table} (name varchar(100) primary key, xml text not null)",
        });
    }

    private protected override IReadOnlyCollection<string> ReadAll() => _database.Call<IReadOnlyCollection<string>>(() =>
    {
        using var connection = _database.Source.OpenConnection();
        _table.Ensure(connection);
        using var command = connection.CreateCommand();
        command.CommandText = $"select xml from {Table} order by name";
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    });

    private protected override void Write(string name, string xml) => _database.Call(() =>
    {
        using var connection = _database.Source.OpenConnection();
        _table.Ensure(connection);
        using var command = connection.CreateCommand();
        command.CommandText = $"insert into {Table} (name, xml) values (@name, @xml)";
        Add(command, "@name", name);
        Add(command, "@xml", xml);
        return command.ExecuteNonQuery();
    });

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
