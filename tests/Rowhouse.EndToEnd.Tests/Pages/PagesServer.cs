using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Pages;

/// <summary>A server in development; each test writes apps of its own into its root.</summary>
public sealed class PagesServer : IAsyncLifetime
{
    private RunningServer? _server;

    public TestRoot Root { get; } = new();

    public Uri Address => new(_server!.Addresses[0]);

    public async ValueTask InitializeAsync()
    {
        Root.WriteConfig("[server]\nenvironment = Development\n");
        Root.WriteApp("shop", "the shop");
        _server = await RunningServer.StartAsync(Root.Root);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Root.Dispose();
    }
}
