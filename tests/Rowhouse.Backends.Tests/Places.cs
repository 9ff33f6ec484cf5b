using Rowhouse.Backends.Tests;
using Rowhouse.Tests;

[assembly: AssemblyFixture(typeof(Places))]

namespace Rowhouse.Backends.Tests;

/// <summary>A place on every kind of backend that can run here. Each server starts when a test first needs it, once per run.</summary>
public sealed class Places : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rowhouse-places-").FullName;
    private int _count;

    public static TheoryData<string> Kinds => ["file", "sqlite", "postgres", "mysql", "redis"];

    public static TheoryData<string> Databases => ["sqlite", "postgres", "mysql"];

    public PostgresServer Postgres { get; } = new();

    public MariaDbServer MariaDb { get; } = new();

    public RedisServer Redis { get; } = new();

    /// <summary>A folder that no other test has.</summary>
    public string NewFolder() => Path.Combine(_folder, $"folder{Interlocked.Increment(ref _count)}");

    /// <summary>A place that is empty.</summary>
    public async Task<ConnectionUri> NewAsync(string kind)
    {
        switch (kind)
        {
            case "postgres":
                return ConnectionUri.Parse(await Postgres.NewDatabaseAsync());
            case "mysql":
                return ConnectionUri.Parse(await MariaDb.NewDatabaseAsync());
            case "redis":
                await Redis.StartedAsync();
                return ConnectionUri.Parse($"redis://127.0.0.1:{Redis.Port}/0?prefix=p{Interlocked.Increment(ref _count)}:");
            case "sqlite":
                return ConnectionUri.Parse($"sqlite:{NewFolder()}/a.sqlite");
            default:
                return ConnectionUri.Parse($"file:{NewFolder()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await MariaDb.DisposeAsync();
        await Redis.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
