using Rowhouse.Backends;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Configuration;
using Rowhouse.Tests;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>Empty places on the kinds of backends. Each server starts when a row first needs it, once per run.</summary>
internal sealed class BackendPlaces : IAsyncDisposable
{
    private const string SkipPrefix = "$XunitDynamicSkip$";

    private readonly string _folder;
    private readonly BackendRegistry _registry = new();
    private readonly PostgresServer _postgres = new();
    private readonly MariaDbServer _mariaDb = new();
    private readonly RedisServer _redis = new();
    private int _count;

    public BackendPlaces(BenchmarkRun run, string folder = "places")
    {
        _folder = Path.Combine(run.Folder, folder);
    }

    public static IReadOnlyList<string> Kinds { get; } = ["file", "sqlite", "postgres", "mysql", "redis"];

    /// <summary>A place that is empty.</summary>
    /// <exception cref="InvalidOperationException">The program of its server is not installed.</exception>
    public async Task<ConnectionUri> NewAsync(string kind)
    {
        var number = Interlocked.Increment(ref _count);
        try
        {
            return ConnectionUri.Parse(kind switch
            {
                "file" => $"file:{_folder}/{number}",
                "sqlite" => $"sqlite:{_folder}/{number}/a.sqlite",
                "postgres" => await _postgres.NewDatabaseAsync().ConfigureAwait(false),
                "mysql" => await _mariaDb.NewDatabaseAsync().ConfigureAwait(false),
                _ => await NewPrefixAsync(number).ConfigureAwait(false),
            });
        }
        catch (Xunit.Sdk.SkipException e)
        {
            throw Missing(e);
        }
    }

    /// <summary>Deletes what would fill the disk in hundreds of rounds: an empty database takes several megabytes.</summary>
    public async Task DeleteAsync(ConnectionUri place)
    {
        if (place.Scheme is not ("postgres" or "mysql"))
        {
            return;
        }

        var uri = place.Scheme == "postgres" ? await _postgres.UriAsync().ConfigureAwait(false) : await _mariaDb.UriAsync().ConfigureAwait(false);
        await _registry.GetDatabase(ConnectionUri.Parse(uri)).UseAsync(async (connection, token) =>
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a name that this class has made
            command.CommandText = $"drop database {place.Path}{(place.Scheme == "postgres" ? " with (force)" : "")}";
#pragma warning restore CA2100
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>A Redis of one's own, to be stopped at will.</summary>
    public static async Task<RedisServer> StartRedisAsync()
    {
        var redis = new RedisServer();
        try
        {
            await redis.StartedAsync().ConfigureAwait(false);
            return redis;
        }
        catch (Xunit.Sdk.SkipException e)
        {
            await redis.DisposeAsync().ConfigureAwait(false);
            throw Missing(e);
        }
    }

    /// <summary>The fixtures skip a test with the line that says how to install the program.</summary>
    public static InvalidOperationException Missing(Exception skip) => new(skip.Message.Replace(SkipPrefix, "", StringComparison.Ordinal), skip);

    public async ValueTask DisposeAsync()
    {
        await _registry.CloseAsync().ConfigureAwait(false);
        await _postgres.DisposeAsync().ConfigureAwait(false);
        await _mariaDb.DisposeAsync().ConfigureAwait(false);
        await _redis.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> NewPrefixAsync(int number)
    {
        await _redis.StartedAsync().ConfigureAwait(false);
        return $"redis://127.0.0.1:{_redis.Port}/0?prefix=p{number}:";
    }
}
