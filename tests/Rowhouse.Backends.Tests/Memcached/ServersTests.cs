using System.Globalization;
using Rowhouse.Backends.Memcached;
using Rowhouse.Tests;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class ServersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_spread_over_the_servers_and_read_together()
    {
        await using var first = await MemcachedProcess.StartAsync();
        await using var second = await MemcachedProcess.StartAsync();
        await using var third = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient([first.EndPoint, second.EndPoint, third.EndPoint], Patient);
        var keys = Enumerable.Range(0, 2000).Select(i => i % 10 == 0 ? $"key {i}" : $"key:{i}").ToList();
        await Task.WhenAll(keys.Take(1500).Select(key => client.SetAsync(key, Bytes("of " + key), new MemcachedWrite { ClientFlags = 7 }, Cancellation).AsTask()));

        var items = await client.GetManyAsync(keys.Concat(keys), Cancellation);

        Assert.Empty(items.Failed);
        Assert.Equal(keys.Take(1500).Order(StringComparer.Ordinal), items.Found.Keys.Order(StringComparer.Ordinal));
        Assert.All(items.Found, pair => Assert.Equal("of " + pair.Key, Text(pair.Value)));
        Assert.All(items.Found.Values, item => Assert.True(item is { ClientFlags: 7, Cas: > 0 }));
        foreach (var server in client.Servers)
        {
            var share = keys.Take(1500).Count(key => client.FindServer(key) == server);
            Assert.Equal(share.ToString(CultureInfo.InvariantCulture), (await client.GetStatisticsAsync(server, Cancellation))["curr_items"]);
            Assert.InRange(share, 250, 800);
        }
    }

    [Fact]
    public async Task A_server_that_is_down_fails_its_keys_at_once_the_others_go_on_and_it_comes_back_by_itself()
    {
        await using var first = await MemcachedProcess.StartAsync();
        await using var second = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient([first.EndPoint, second.EndPoint], Patient);
        var keys = Enumerable.Range(0, 100).Select(i => $"key:{i}").ToList();
        var lost = keys.Where(key => client.FindServer(key) == first.EndPoint).ToList();
        await Task.WhenAll(keys.Select(key => client.SetAsync(key, Bytes(key), default, Cancellation).AsTask()));

        await first.KillAsync();
        await Eventually.HoldsAsync(async () => await FailureAsync(client, lost[0]) == "RH4301", "the client has seen that the server is gone");

        // Done before it is awaited: nobody waits for a server that is known to be down.
        Assert.All(lost, key => Assert.True(client.GetAsync(key, Cancellation).AsTask().IsFaulted));
        var items = await client.GetManyAsync(keys, Cancellation);
        Assert.Equal(lost.Order(StringComparer.Ordinal), items.Failed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(keys.Except(lost).Order(StringComparer.Ordinal), items.Found.Keys.Order(StringComparer.Ordinal));
        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.SetAsync(lost[0], Bytes("x"), default, Cancellation));
        Assert.Equal(first.EndPoint, error.Server);
        Assert.Contains("is down since", error.Message, StringComparison.Ordinal);

        await first.RestartAsync();
        await Eventually.HoldsAsync(async () => await FailureAsync(client, lost[0]) is null, "the server is used again");
        Assert.Null(await client.GetAsync(lost[0], Cancellation));
        Assert.True((await client.SetAsync(lost[0], Bytes("again"), default, Cancellation)).IsDone);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_its_callers_a_timeout_then_nothing_and_comes_back_by_itself()
    {
        await using var server = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient(
            [server.EndPoint],
            Patient with { OperationTimeout = TimeSpan.FromMilliseconds(500), ConnectTimeout = TimeSpan.FromMilliseconds(500) });
        await Eventually.HoldsAsync(async () => await FailureAsync(client, "key") is null, "the server answers");

        await server.PauseAsync();
        await Eventually.HoldsAsync(() => client.GetAsync("key", Cancellation).AsTask().IsFaulted, "the server is known to be down");
        await server.ResumeAsync();

        await Eventually.HoldsAsync(async () => await FailureAsync(client, "key") is null, "the server is used again");
    }

    [Fact]
    public async Task Two_connections_serve_ten_thousand_callers_at_once()
    {
        await using var server = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient([server.EndPoint], Patient);

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async i =>
        {
            await client.SetAsync($"key:{i}", Bytes($"{i}"), default, Cancellation);
            Assert.Equal($"{i}", Text(await client.GetAsync($"key:{i}", Cancellation)));
        }));

        // Beside the client's: the look whether memcached is up, and its own listener.
        var statistics = await client.GetStatisticsAsync(server.EndPoint, Cancellation);
        Assert.InRange(int.Parse(statistics["curr_connections"], CultureInfo.InvariantCulture), 2, 4);
    }

    [Fact]
    public async Task A_unix_socket_is_as_good_as_a_port()
    {
        var folder = Directory.CreateTempSubdirectory("rowhouse-memcached-").FullName;
        try
        {
            await using var server = await MemcachedProcess.StartOnSocketAsync(Path.Combine(folder, "m.sock"));
            await using var client = new MemcachedClient([server.EndPoint], Patient);
            await client.SetAsync("key", Bytes("value"), default, Cancellation);

            Assert.Equal("value", Text(await client.GetAsync("key", Cancellation)));
            Assert.StartsWith("1.", await client.GetVersionAsync(server.EndPoint, Cancellation), StringComparison.Ordinal);

            await client.FlushAsync(Cancellation);
            Assert.Null(await client.GetAsync("key", Cancellation));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Servers_are_needed_and_each_once()
    {
        Assert.Throws<ArgumentException>(() => new MemcachedClient([]));
        Assert.Throws<ArgumentException>(() => new MemcachedClient([new("a"), new("A", 11211)]));
        await using var client = new MemcachedClient([new("a")]);
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.GetVersionAsync(new("b"), Cancellation));
    }

    private static async Task<string?> FailureAsync(MemcachedClient client, string key)
    {
        try
        {
            await client.GetAsync(key, Cancellation);
            return null;
        }
        catch (MemcachedException exception)
        {
            return exception.Code;
        }
    }
}
