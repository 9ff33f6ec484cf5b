using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>The lifetime of an app whose start and stop are the server's business: it listens to no signals.</summary>
internal sealed class InstanceLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
