using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Routing;

/// <summary>Puts the router between Kestrel and the server's own pipeline.</summary>
internal sealed class RoutingServer : IServer
{
    private readonly IServer _listeners;
    private readonly KestrelListeners _opened;
    private readonly AppCatalog _catalog;

    public RoutingServer(IServer listeners, KestrelListeners opened, AppCatalog catalog)
    {
        _listeners = listeners;
        _opened = opened;
        _catalog = catalog;
    }

    public IFeatureCollection Features => _listeners.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull =>
        _opened.StartAsync(token => _listeners.StartAsync(new Router<TContext>(_catalog, application), token), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _listeners.StopAsync(cancellationToken);

    public void Dispose() => _listeners.Dispose();
}
