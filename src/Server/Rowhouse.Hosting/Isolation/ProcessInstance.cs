using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Isolation;

internal sealed class ProcessInstance : AppInstance
{
    private ProcessInstance(int number, DateTimeOffset since)
        : base(number, null, since)
    {
    }

    public override Task<InstanceEnd> Ended => throw new NotSupportedException();

    public static Task<ProcessInstance> StartAsync(AppHost host, string app, int number, AppSettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(new ProcessInstance(number + app.Length + settings.GetHashCode() + cancellationToken.GetHashCode(), host.Time.GetUtcNow()));

    public override AppRequest Begin(IFeatureCollection features) => throw new NotSupportedException();

    protected override Task StopAsync() => Task.CompletedTask;
}
