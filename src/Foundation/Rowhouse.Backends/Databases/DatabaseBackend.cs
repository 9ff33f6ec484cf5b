using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rowhouse.Backends;

/// <summary>A database: one pool of connections for everybody in the process who names the same URI.</summary>
public sealed class DatabaseBackend : Backend
{
    // One that waits for SQLite's lock of writers, and one for those who read.
    private const int LeastSqliteThreads = 2;

    private readonly BackendSetup _setup;
    private readonly DatabaseLimits _limits;
    private readonly SemaphoreSlim? _threads;
    private readonly Lock _gate = new();
    private volatile DbDataSource? _source;

    internal DatabaseBackend(BackendSetup setup, DatabaseKind kind)
        : base(setup, new DatabaseLimits(setup.Uri).Command)
    {
        _setup = setup;
        _limits = new DatabaseLimits(setup.Uri);
        Kind = kind;
        _threads = kind == DatabaseKind.Sqlite ? new SemaphoreSlim(Math.Max(_limits.Pool, LeastSqliteThreads)) : null;
        WriterTurn = kind == DatabaseKind.Sqlite ? new SemaphoreSlim(1) : null;
    }

    /// <summary>Which SQL it speaks.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>
    /// The data source, for Dapper, EF Core, linq2db and plain ADO.NET. What is done with it directly has the time-outs of the driver, and is not
    /// kept from asking a database that is down; <see cref="OpenAsync"/> and <see cref="UseAsync"/> are.
    /// </summary>
    public DbDataSource Source => _source ?? CreateSource();

    /// <summary>SQLite has one writer: here they can queue, instead of blocking a thread each until it is their turn. Null where there are many.</summary>
    internal SemaphoreSlim? WriterTurn { get; }

    private protected override TimeSpan ProbeLimit => _limits.Connect;

    /// <summary>Opens a connection, within the URI's <c>timeout</c>. Dispose of it soon: the pool has few.</summary>
    /// <exception cref="BackendUnavailableException">RH4002, RH4003, RH4004: the database is down.</exception>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default) =>
        CallAsync(async token => await Source.OpenConnectionAsync(token), _limits.Connect, cancellationToken);

    /// <summary>Makes a call (see <see cref="Backend.CallAsync{T}"/>) with a connection of its own.</summary>
    /// <param name="call">The call; the connection is open and is closed afterwards.</param>
    /// <param name="limit">The longest time it may take, connecting included. Null means <see cref="Backend.Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BackendUnavailableException">RH4002, RH4003, RH4004: the database is down.</exception>
    public Task<T> UseAsync<T>(Func<DbConnection, CancellationToken, Task<T>> call, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallAsync(
            async token =>
            {
                await using var connection = await Source.OpenConnectionAsync(token);
                return await call(connection, token);
            },
            limit,
            cancellationToken);
    }

    private protected override async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (_threads is null)
        {
            return await call(cancellationToken);
        }

        await _threads.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => call(cancellationToken), cancellationToken);
        }
        finally
        {
            _threads.Release();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "One of four constants.")]
    private protected override async Task<BackendProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = DatabaseClock.Select(Kind);
        var micros = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new BackendProbe(connection.ServerVersion, Kind == DatabaseKind.Sqlite ? null : DatabaseClock.Time(micros));
    }

    private protected override bool IsOutage(Exception exception) => DataSources.IsOutage(exception, Kind);

    private protected override async ValueTask CloseAsync()
    {
        if (_source is { } source)
        {
            await source.DisposeAsync();
        }
    }

    // Only success is kept; what failed, such as a certificate that is not there yet, is tried again.
    private DbDataSource CreateSource()
    {
        lock (_gate)
        {
            return _source ??= Detached.Create(() => DataSources.Create(_setup, Kind));
        }
    }
}
