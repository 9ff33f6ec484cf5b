using Rowhouse.Sessions.Tests.Stores;
using Rowhouse.Tests;

[assembly: AssemblyFixture(typeof(StorePlaces))]

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>A place on every kind of backend that can run here. Each server starts when a test first needs it, once per run.</summary>
public sealed class StorePlaces : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rowhouse-sessions-").FullName;
    private int _count;

    public static TheoryData<string> Kinds => [.. Processes, "memory"];

    /// <summary>Those that several processes share.</summary>
    public static TheoryData<string> Processes => [.. Kept, "redis", "memcached"];

    /// <summary>Those that keep what is expired until it is taken out.</summary>
    public static TheoryData<string> Kept => ["file", .. Databases];

    public static TheoryData<string> Databases => ["sqlite", "postgres", "mysql"];

    public PostgresServer Postgres { get; } = new();

    public MariaDbServer MariaDb { get; } = new();

    public RedisServer Redis { get; } = new();

    public MemcachedServer Memcached { get; } = new();

    /// <summary>A place that is empty.</summary>
    public async Task<StorePlace> NewAsync(string kind)
    {
        var number = Interlocked.Increment(ref _count);
        return new StorePlace(await UriAsync(kind, number), $"shop{number}");
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await MariaDb.DisposeAsync();
        await Redis.DisposeAsync();
        await Memcached.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> UriAsync(string kind, int number)
    {
        switch (kind)
        {
            case "postgres":
                return await Postgres.UriAsync();
            case "mysql":
                return await MariaDb.UriAsync();
            case "redis":
                await Redis.StartedAsync();
                return $"redis://127.0.0.1:{Redis.Port}/0";
            case "memcached":
                return await Memcached.UriAsync();
            case "sqlite":
                return $"sqlite:{_folder}/{number}.sqlite";
            case "file":
                return $"file:{_folder}/{number}";
            default:
                return "memory:";
        }
    }
}
