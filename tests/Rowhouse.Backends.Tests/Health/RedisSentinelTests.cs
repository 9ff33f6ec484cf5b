using System.Globalization;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Health;

public sealed class RedisSentinelTests : IAsyncDisposable
{
    private readonly BackendRegistry _registry = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public async Task When_the_master_dies_the_one_that_the_sentinels_name_is_used_without_a_restart()
    {
        await using var master = new RedisServer();
        await master.StartedAsync();
        await using var replica = new RedisServer("--replicaof", "127.0.0.1", master.Port.ToString(CultureInfo.InvariantCulture));
        await replica.StartedAsync();
        await using var sentinel = new RedisSentinel(master.Port);
        await sentinel.StartedAsync();
        var redis = _registry.GetRedis(ConnectionUri.Parse($"redis://127.0.0.1:{sentinel.Port}/0?sentinel=main&timeout=2s&command-timeout=2s"));
        await Eventually.HoldsAsync(() => WritesAsync(redis, "before"), "the master takes a write");
        Assert.Equal("$6", await master.SendAsync("GET key"));

        await master.KillAsync();

        await Eventually.HoldsAsync(() => WritesAsync(redis, "after"), "the new master takes a write");
        Assert.Equal("$5", await replica.SendAsync("GET key"));
    }

    private static async Task<bool> WritesAsync(RedisBackend redis, string value)
    {
        try
        {
            return await redis.UseAsync(database => database.StringSetAsync("key", value), cancellationToken: Stop);
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }
}
