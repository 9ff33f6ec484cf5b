using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>One server with the source apps of <see cref="SourceAppTests"/>.</summary>
public sealed class SourceAppServer : IAsyncDisposable
{
    private readonly TestRoot _root = new();
    private readonly Lazy<Task<TestServer>> _server;

    public SourceAppServer()
    {
        SourceApps.Write(_root);
        _server = new Lazy<Task<TestServer>>(() => TestServer.StartAsync(_root));
    }

    public string Folder(string app) => _root.AppFolder(app);

    public Task<TestServer> GetAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }

        _root.Dispose();
    }
}
