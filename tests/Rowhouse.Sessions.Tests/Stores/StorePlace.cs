using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>An empty place for the sessions of one app, and the nodes that share it.</summary>
public sealed class StorePlace : IAsyncDisposable
{
    private readonly List<BackendRegistry> _registries = [];
    private readonly ILoggerFactory _logs;

    internal StorePlace(string uri, string app)
    {
        Uri = ConnectionUri.Parse(uri);
        App = app;
        _logs = LoggerFactory.Create(logging => logging.AddProvider(Log));
        Store = Node();
    }

    public ConnectionUri Uri { get; }

    public string App { get; }

    /// <summary>The time of all nodes.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    public RecordedLog Log { get; } = new();

    /// <summary>The sessions as one node sees them.</summary>
    internal SessionStore Store { get; }

    /// <summary>The sessions as another node sees them, with connections of its own.</summary>
    /// <param name="time">Its time, if it has one of its own.</param>
    internal SessionStore Node(TimeProvider? time = null)
    {
        var registry = new BackendRegistry();
        _registries.Add(registry);
        return SessionStores.Open(new SessionSetup(Uri, App, registry) { Time = time ?? Time, Logger = _logs.CreateLogger("sessions") });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in _registries)
        {
            await registry.CloseAsync();
        }

        _logs.Dispose();
    }
}
