using Rowhouse.Backends;
using Rowhouse.Benchmarks.Configuration;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Configuration;
using Rowhouse.Tests;

namespace Rowhouse.Benchmarks.Sessions;

/// <summary>Empty places for sessions on the kinds of backends. All servers start at once, once per run, or each when it is first asked for.</summary>
internal sealed class SessionPlaces : IAsyncDisposable
{
    private readonly BackendPlaces _places;

    // A million small sessions must fit, here and in memory: what does not is forgotten.
    private readonly MemcachedServer _memcached = new("-m", "2048");
    private int _count;

    private SessionPlaces(BenchmarkRun run, string folder)
    {
        _places = new BackendPlaces(run, folder);
    }

    /// <summary>The kinds whose sessions can be looked for in a store; <c>cookie:</c> has none.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["memory", .. BackendPlaces.Kinds, "memcached"];

    /// <summary>The connections of this process.</summary>
    public BackendRegistry Registry { get; } = new();

    /// <summary>Starts the servers. One that cannot be started fails those who ask for a place on it.</summary>
    public static async Task<SessionPlaces> StartAsync(BenchmarkRun run)
    {
        run.Say("Starting the backends");
        var places = new SessionPlaces(run, "places");
        await ((Task)Task.WhenAll(Kinds.Select(places.NewAsync))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return places;
    }

    /// <summary>Places on servers of their own, which nothing else is stored on. Each starts when it is first asked for.</summary>
    public static SessionPlaces Apart(BenchmarkRun run) => new(run, "places-apart");

    /// <summary>A place that is empty.</summary>
    /// <exception cref="InvalidOperationException">The program of its server is not installed.</exception>
    public async Task<ConnectionUri> NewAsync(string kind) => kind switch
    {
        "memory" => ConnectionUri.Parse("memory:?max=8GB"),
        "memcached" => await NewMemcachedAsync().ConfigureAwait(false),
        _ => await _places.NewAsync(kind).ConfigureAwait(false),
    };

    /// <summary>The sessions of an app at an empty place.</summary>
    public async Task<SessionPlace> NewAppAsync(string kind)
    {
        var (uri, app) = (await NewAsync(kind).ConfigureAwait(false), $"app{Interlocked.Increment(ref _count)}");
        return new SessionPlace(uri, app, SessionStore.Open(uri, app, Registry));
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.CloseAsync().ConfigureAwait(false);
        await _memcached.DisposeAsync().ConfigureAwait(false);
        await _places.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<ConnectionUri> NewMemcachedAsync()
    {
        try
        {
            await _memcached.StartedAsync().ConfigureAwait(false);
            return ConnectionUri.Parse($"memcached://127.0.0.1:{_memcached.Port}?prefix=p{Interlocked.Increment(ref _count)}:");
        }
        catch (Xunit.Sdk.SkipException e)
        {
            throw BackendPlaces.Missing(e);
        }
    }
}
