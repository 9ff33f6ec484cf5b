using System.Diagnostics.CodeAnalysis;
using Rowhouse.Backends;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>Copies the row of the first session.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names and keys that this program has made.")]
internal sealed class SessionRows
{
    private const string Columns = "client_ip, user_name, created, modified, expires, own_timeout, successor, version, data";

    // SQLite takes no more parts of a select.
    private const int AtOnce = 500;

    private readonly DatabaseBackend _database;
    private readonly string _table;

    public SessionRows(SessionPlace place, BackendRegistry registry)
    {
        _database = registry.GetDatabase(place.Uri);
        _table = $"rowhouse_session_{place.App}";
    }

    public Task CopyAsync(int from, int until) => _database.UseAsync(async (connection, token) =>
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        foreach (var numbers in Enumerable.Range(from, until - from).Chunk(AtOnce))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Insert(numbers);
            await command.ExecuteNonQueryAsync(token);
        }

        await transaction.CommitAsync(token);
        return true;
    });

    private string Insert(IEnumerable<int> numbers)
    {
        var keys = string.Join(" union all ", numbers.Select(number => $"select '{SampleSession.Key(number)}' as k"));
        return $"insert into {_table} (session_key, {Columns}) select keys_.k, {Columns} from {_table}, ({keys}) keys_ where session_key = '{SampleSession.Key(0)}'";
    }
}
