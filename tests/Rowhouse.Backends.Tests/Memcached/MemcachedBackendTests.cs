using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class MemcachedBackendTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_uri_with_several_servers_is_one_backend_that_tells_the_oldest_version()
    {
        MemcachedProcess.SkipIfMissing();
        await using var first = await MemcachedProcess.StartAsync();
        await using var second = await MemcachedProcess.StartAsync();
        var registry = new BackendRegistry();
        var uri = ConnectionUri.Parse($"memcached://{first.EndPoint},{second.EndPoint}?timeout=30s&command-timeout=30s&prefix=shop");

        var backend = registry.GetMemcached(uri);
        await backend.CallAsync((client, token) => client.SetAsync(backend.Prefix + "key", new byte[] { 1 }, default, token), Cancellation);
        var item = await backend.CallAsync((client, token) => client.GetAsync(backend.Prefix + "key", token), Cancellation);
        var check = await backend.CheckAsync(Cancellation);

        Assert.Same(backend, registry.Get(uri));
        Assert.Equal([1], item!.Value.ToArray());
        Assert.StartsWith("1.6.", check.Version, StringComparison.Ordinal);
        await registry.CloseAsync();
    }

    [Fact]
    public async Task A_server_that_is_down_is_in_the_state_and_the_health_check_and_the_circuit_stays_closed()
    {
        await using var provider = new ServiceCollection().AddLogging().AddHealthChecks().AddBackends().Services
            .AddRowhouseBackends(options => options.DataFolder = "/nowhere").BuildServiceProvider();
        var registry = provider.GetRequiredService<BackendRegistry>();
        var backend = registry.GetMemcached(ConnectionUri.Parse("memcached://127.0.0.1:1?timeout=5s&command-timeout=5s&prefix=health"));

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<BackendUnavailableException>(() => backend.CallAsync((client, token) => client.GetAsync("a", token), Cancellation));
        }

        Assert.True(backend.State is { IsUsed: true, LastError: not null, LastErrorAt: not null, Circuit: BackendCircuit.Closed });
        Assert.Equal([backend], registry.Used);
        var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("127.0.0.1:1", health.Entries["backends"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_unavailable_and_the_others_go_on()
    {
        MemcachedProcess.SkipIfMissing();
        await using var alive = await MemcachedProcess.StartAsync();
        var dead = await MemcachedProcess.StartAsync();
        await dead.DisposeAsync();
        var registry = new BackendRegistry();
        var backend = registry.GetMemcached(ConnectionUri.Parse($"memcached://{alive.EndPoint},{dead.EndPoint}?timeout=30s&command-timeout=30s"));
        var keys = Enumerable.Range(0, 100).Select(number => $"key-{number}").ToLookup(key => backend.Client.FindServer(key) == alive.EndPoint);

        await Assert.ThrowsAsync<BackendUnavailableException>(() => backend.CallAsync((client, token) => client.GetAsync(keys[false].First(), token), Cancellation));
        foreach (var key in keys[true])
        {
            Assert.Null(await backend.CallAsync((client, token) => client.GetAsync(key, token), Cancellation));
        }

        var error = await Assert.ThrowsAsync<BackendUnavailableException>(() => backend.CheckAsync(Cancellation));
        Assert.Contains(dead.EndPoint.ToString(), error.Message, StringComparison.Ordinal);
        await registry.CloseAsync();
    }
}
