using System.Globalization;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Tests;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>An app in a process of its own, and its Redis.</summary>
internal sealed class AppOnRedis : IAsyncDisposable
{
    private AppOnRedis(AppKind kind, RedisServer redis, ServerProcess app)
    {
        Kind = kind;
        Redis = redis;
        App = app;
    }

    public AppKind Kind { get; }

    public RedisServer Redis { get; }

    public ServerProcess App { get; }

    /// <summary>What the page that needs Redis is asked for with; null if with nothing.</summary>
    public string? Cookie { get; private set; }

    public static async Task<AppOnRedis> StartAsync(AppKind kind, BenchmarkRun run)
    {
        var redis = await BackendPlaces.StartRedisAsync().ConfigureAwait(false);

        // A quick run is shorter than the time-out that a URI has by itself, which is 5 s.
        var uri = $"redis://127.0.0.1:{redis.Port}/0{run.Choose(full: "", quick: "?command-timeout=1s")}";
        var app = new AppOnRedis(kind, redis, ServerProcess.StartProbe(kind.Command, run.Folder, kind.Arguments(uri)));
        try
        {
            await app.WaitAsync(run.CancellationToken).ConfigureAwait(false);
            app.Cookie = kind.BeginAsync is null ? null : await kind.BeginAsync(app.App, run.CancellationToken).ConfigureAwait(false);
            return app;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until a request that needs Redis succeeds.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => App.WaitForAsync(Kind.Needing, cancellationToken);

    /// <summary>The most threads that the pool has had since the last time that this was asked.</summary>
    public async Task<int> TakeThreadsAsync(CancellationToken cancellationToken)
    {
        var text = await App.Client.GetStringAsync(new Uri(Kind.Threads, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        return int.Parse(text, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync().ConfigureAwait(false);
        await Redis.DisposeAsync().ConfigureAwait(false);
    }
}
