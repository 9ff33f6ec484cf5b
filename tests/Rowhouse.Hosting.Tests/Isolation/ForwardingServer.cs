using Rowhouse.Hosting.Tests.Isolation;
using Rowhouse.Tests;

[assembly: AssemblyFixture(typeof(ForwardingServer))]

namespace Rowhouse.Hosting.Tests.Isolation;

/// <summary>One server for all tests of forwarding; they do no harm to one another.</summary>
public sealed class ForwardingServer : IAsyncDisposable
{
    private readonly TestRoot _root = IsolatedApps.Write();
    private readonly Lazy<Task<TestServer>> _server;

    public ForwardingServer()
    {
        _server = new Lazy<Task<TestServer>>(StartAsync);
    }

    public Task<TestServer> GetAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }

        _root.Dispose();
    }

    private async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartAsync(_root, "Production", "http://127.0.0.1:0", "http://127.0.0.1:0?protocols=h2");
        await server.WaitForAsync("apart", AppState.Running);
        await server.WaitForAsync("near", AppState.Running);
        return server;
    }
}
