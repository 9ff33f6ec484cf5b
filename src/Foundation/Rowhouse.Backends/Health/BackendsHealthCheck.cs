using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rowhouse.Backends;

/// <summary>Asks each backend that the app has used.</summary>
internal sealed class BackendsHealthCheck : IHealthCheck
{
    private readonly BackendRegistry _registry;

    public BackendsHealthCheck(BackendRegistry registry)
    {
        _registry = registry;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(_registry.Used.Select(backend => AskAsync(backend, cancellationToken)));
        var data = answers.ToDictionary(answer => answer.Name, answer => (object)(answer.Error ?? $"{answer.Latency.TotalMilliseconds:0.0} ms"), StringComparer.Ordinal);
        var bad = answers.Where(answer => answer.Error is not null).ToList();
        return bad.Count == 0
            ? HealthCheckResult.Healthy($"{answers.Length} backends answer.", data)
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', bad.Select(answer => answer.Error)), data: data);
    }

    private static async Task<(string Name, TimeSpan Latency, string? Error)> AskAsync(Backend backend, CancellationToken cancellationToken)
    {
        try
        {
            var check = await backend.CheckAsync(cancellationToken);
            return (backend.Name, check.Latency, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (backend.Name, default, e is RowhouseException ? e.Message : $"{backend.Name}: {BackendsErrors.Describe(e)}");
        }
    }
}
