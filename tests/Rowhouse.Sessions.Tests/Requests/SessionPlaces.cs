using Rowhouse.Sessions.Tests.Requests;
using Rowhouse.Tests;

[assembly: AssemblyFixture(typeof(SessionPlaces))]

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Empty places for sessions, one of each way to keep them. The servers start when a test first needs them, once per run.</summary>
public sealed class SessionPlaces : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rowhouse-places-").FullName;
    private int _count;

    /// <summary>Those in which requests at once lose nothing.</summary>
    public static TheoryData<string> Shared => ["memory", "file", "redis"];

    public static TheoryData<string> All => ["memory", "file", "redis", "cookie"];

    public RedisServer Redis { get; } = new();

    public async Task<string> NewAsync(string kind)
    {
        var number = Interlocked.Increment(ref _count);
        switch (kind)
        {
            case "redis":
                await Redis.StartedAsync();
                return $"redis://127.0.0.1:{Redis.Port}/0?prefix=p{number}:";
            case "file":
                return $"file:{_folder}/{number}";
            default:
                return $"{kind}:";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
