using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

/// <summary>A server with an app <c>shop</c>, an app <c>blog</c> and an app that only the host <c>guarded.example</c> reaches.</summary>
public sealed class TrickedServer : IAsyncLifetime
{
    private readonly TestRoot _root = RoutedApps.Write("shop", "blog");
    private TestServer? _server;

    public Uri Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        _root.Write("shop", "wwwroot/site.css", "body {}");
        _root.Write("shop", "wwwroot/css/other.css", "a {}");
        _root.WriteConfig("[routes]\nguarded.example = blog\n");
        _server = await TestServer.StartAsync(_root, "Production");
        await _server.WaitForAsync("shop", AppState.Running);
        await _server.WaitForAsync("blog", AppState.Running);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _root.Dispose();
    }
}
