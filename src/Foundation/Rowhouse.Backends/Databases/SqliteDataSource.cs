using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Rowhouse.Backends;

/// <summary>SQLite by Microsoft.Data.Sqlite: write-ahead log, so that readers do not wait for the writer, and a wait for the turn of writers.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    // synchronous=normal is safe with a write-ahead log: the database stays whole, at worst the last commits before a power cut are gone
    // (sqlite.org/pragma.html#pragma_synchronous).
    private const string Writing = "pragma journal_mode=wal; pragma synchronous=normal; pragma foreign_keys=on;";
    private const string Reading = "pragma foreign_keys=on;";

    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    // Whoever opens the file while another thread of this process still has it open for making it would lose SQLite's locks when that one closes
    // it (sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_). Taken once by each data source.
    private static readonly Lock Making = new();

    private readonly string _path;
    private readonly bool _isReadOnly;
    private readonly string _setUp;
    private volatile bool _isToBeMade;

    public SqliteDataSource(ConnectionUri uri, string path)
    {
        var mode = uri.FindOption("mode");
        _path = path;
        _isReadOnly = mode == "read";
        _isToBeMade = mode is null or "create";
        var busy = uri.FindDuration("busy-timeout") ?? TimeSpan.FromSeconds(5);

        // SQLite's own waiting looks again after 1, 2, 5, … 100 ms; the driver's, which comes when that is over, after 150 ms each time.
        _setUp = $"pragma busy_timeout={Math.Ceiling(busy.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}; {(_isReadOnly ? Reading : Writing)}";
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode switch { "read" => SqliteOpenMode.ReadOnly, "write" => SqliteOpenMode.ReadWrite, _ => SqliteOpenMode.ReadWriteCreate },
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(busy.TotalSeconds)),
        }.ConnectionString;
    }

    public override string ConnectionString { get; }

    public static bool IsOutage(DbException error) =>
        error is SqliteException { SqliteErrorCode: IoError or Corrupt or Full or CannotOpen or NoDatabase };

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    [SuppressMessage("Security", "CA2100", Justification = "Constants and a number.")]
    protected override DbConnection OpenDbConnection()
    {
        if (_isToBeMade)
        {
            MakeFile();
            _isToBeMade = false;
        }

        var connection = CreateDbConnection();
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = _setUp;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite has no asynchronous calls; DatabaseBackend takes them to a few threads of its own choice.
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    // SQLite itself would make a file that every user can read; its log takes over the mode of the file.
    private void MakeFile()
    {
        try
        {
            FileBackend.CreateFolder(Path.GetDirectoryName(_path)!);
            lock (Making)
            {
                if (!File.Exists(_path))
                {
                    new FileStream(_path, AtomicFile.Options(FileOptions.None)).Dispose();
                }
            }
        }
        catch (IOException) when (File.Exists(_path))
        {
            // Another process was first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SqliteException($"The database file cannot be made: {e.Message}", CannotOpen);
        }
    }
}
