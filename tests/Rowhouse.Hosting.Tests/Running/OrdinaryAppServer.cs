using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>One server with the same app twice, as "shop" and "branch".</summary>
public sealed class OrdinaryAppServer : IAsyncDisposable
{
    private readonly TestRoot _root = new();
    private readonly Lazy<Task<TestServer>> _server;

    public OrdinaryAppServer()
    {
        OrdinaryApp.Write(_root, "shop");
        OrdinaryApp.Write(_root, "branch");
        _server = new Lazy<Task<TestServer>>(() => TestServer.StartAsync(_root, "Staging"));
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
