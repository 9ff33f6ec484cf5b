using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>
/// The lifetime of an app whose start and stop are the server's business: it listens to no signals. It also finds out why a host stops
/// its app by itself, which the host only tells the log.
/// </summary>
internal sealed class InstanceLifetime : IHostLifetime
{
    private readonly IServiceProvider _services;
    private readonly InstanceServer _server;

    public InstanceLifetime(IServiceProvider services, InstanceServer server)
    {
        _services = services;
        _server = server;
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        var lifetime = _services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Register(() => _server.ServiceFault = FindFault());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Exception? FindFault()
    {
        var failed = _services.GetServices<IHostedService>().OfType<BackgroundService>().FirstOrDefault(service => service.ExecuteTask is { IsFaulted: true });
        return failed?.ExecuteTask?.Exception?.InnerException;
    }
}
