using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>Takes the place of the app's web server: requests come from the router instead of from sockets of its own.</summary>
internal sealed class InstanceServer : IServer
{
    private readonly TaskCompletionSource<RequestPipeline> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<CancellationToken, Task> _drain;

    public InstanceServer(IReadOnlyList<string> addresses, Func<CancellationToken, Task> drain)
    {
        _drain = drain;
        var feature = new ServerAddressesFeature();
        foreach (var address in addresses)
        {
            feature.Addresses.Add(address);
        }

        Features.Set<IServerAddressesFeature>(feature);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>What ended a background service of the app, whereupon its host stops the app.</summary>
    public Exception? ServiceFault { get; set; }

    /// <summary>Completes when the app is ready for requests.</summary>
    public Task<RequestPipeline> Started => _started.Task;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _started.TrySetResult(new ApplicationPipeline<TContext>(application));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _drain(cancellationToken);

    public void Dispose()
    {
        // The listeners belong to the server and go on.
    }
}
