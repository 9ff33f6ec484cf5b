using Rowhouse.Backends.Memcached;
using Rowhouse.Tests;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class CancelledCallTests
{
    private static readonly MemcachedOptions OneConnection = Patient with { ConnectionsPerServer = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_call_returns_at_once_and_the_next_does_not_read_its_answer()
    {
        var arrived = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var server = new ScriptedServer(async peer =>
        {
            var first = await peer.ReadOpaqueAsync();
            arrived.SetResult();
            await cancelled.Task;
            var second = await peer.ReadOpaqueAsync();
            await peer.SendAsync($"VA 5 {first}\r\nfirst\r\nVA 6 {second}\r\nsecond\r\n");
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);
        using var cancellation = new CancellationTokenSource();

        var first = client.GetAsync("first", cancellation.Token).AsTask();
        await arrived.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = client.GetAsync("second", Cancellation).AsTask();
        cancelled.SetResult();

        Assert.Equal("second", Text(await second));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_call_that_timed_out_leaves_its_late_answer_to_nobody()
    {
        var arrived = new TaskCompletionSource();
        var half = new TaskCompletionSource();
        var late = new TaskCompletionSource();
        await using var server = new ScriptedServer(async peer =>
        {
            var first = await peer.ReadOpaqueAsync();
            arrived.SetResult();
            await half.Task;
            await peer.SendAsync("VA 5 ");
            await late.Task;
            var second = await peer.ReadOpaqueAsync();
            await peer.SendAsync($"{first}\r\nfirst\r\nVA 6 {second}\r\nsecond\r\n");
            await peer.BeSilentAsync();
        });
        var time = new WatchedTime();
        await using var client = new MemcachedClient([server.EndPoint], OneSecond(time));

        var first = client.GetAsync("first", Cancellation).AsTask();
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(0.6));

        // Something arrives in time, so that the connection is not given up together with the call.
        var looks = time.Looks;
        half.SetResult();
        await Eventually.HoldsAsync(() => time.Looks > looks, "half an answer has arrived");
        time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal("RH4303", (await Assert.ThrowsAsync<MemcachedException>(() => first)).Code);

        var second = client.GetAsync("second", Cancellation).AsTask();
        late.SetResult();
        Assert.Equal("second", Text(await second));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_thousand_calls_cancelled_at_random_cross_no_answer_of_the_others()
    {
        await using var server = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient([server.EndPoint], Patient);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.SetAsync($"key{i}", Bytes($"value{i}"), default, Cancellation).AsTask()));
        var random = new Random(1);
        var cancelled = 0;

        for (var round = 0; round < 20; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var calls = Enumerable.Range(0, 50).Select(i => ReadAsync(i, random.Next(2) == 0 ? cancellation.Token : Cancellation)).ToList();
            if (round % 2 == 0)
            {
                await calls[random.Next(calls.Count)];
            }

            await cancellation.CancelAsync();
            await Task.WhenAll(calls);
        }

        Assert.InRange(cancelled, 1, 1000);

        async Task ReadAsync(int i, CancellationToken cancellation)
        {
            try
            {
                Assert.Equal($"value{i}", Text(await client.GetAsync($"key{i}", cancellation)));
            }
            catch (OperationCanceledException) when (cancellation != Cancellation)
            {
                Interlocked.Increment(ref cancelled);
            }
        }
    }

    [Fact]
    public async Task A_silent_server_fails_every_call_when_its_time_is_over_and_is_then_left_alone()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new ScriptedServer(async peer =>
        {
            for (var i = 0; i < 50; i++)
            {
                await peer.ReadLineAsync();
            }

            peer.Server.Version = "";
            arrived.SetResult();
            await peer.BeSilentAsync();
        });
        var time = new WatchedTime();
        await using var client = new MemcachedClient([server.EndPoint], OneSecond(time));
        var calls = Enumerable.Range(0, 50).Select(_ => client.GetAsync("key", Cancellation).AsTask()).ToList();
        await arrived.Task;

        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.35));
        foreach (var call in calls)
        {
            Assert.Equal("RH4303", (await Assert.ThrowsAsync<MemcachedException>(() => call)).Code);
        }

        var next = client.GetAsync("key", Cancellation).AsTask();
        await Eventually.HoldsAsync(() => server.Connections == 2, "the server is tried once more");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("RH4301", (await Assert.ThrowsAsync<MemcachedException>(() => next)).Code);

        var known = client.GetAsync("key", Cancellation).AsTask();
        Assert.True(known.IsFaulted, "It was done before it was waited for.");
        Assert.Equal("RH4301", (await Assert.ThrowsAsync<MemcachedException>(() => known)).Code);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_trickles_without_end_does_not_keep_its_connection()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SendAsync("VA 1000000 ");
            while (true)
            {
                await peer.SendAsync(" ");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            }
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection with { OperationTimeout = TimeSpan.FromMilliseconds(100) });

        await Eventually.HoldsAsync(
            async () =>
            {
                await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));
                return server.Connections > 1;
            },
            "the connection was given up");
    }

    [Fact]
    public async Task What_waits_for_a_server_that_does_not_read_is_bounded()
    {
        await using var server = new ScriptedServer(peer => peer.HangAsync());
        var client = new MemcachedClient([server.EndPoint], OneConnection);
        var value = new byte[1024 * 1024];

        var calls = Enumerable.Range(0, 70).Select(_ => client.SetAsync("key", value, default, Cancellation).AsTask()).ToList();
        await Eventually.HoldsAsync(() => calls.Count(call => call.IsFaulted) == 6, "64 MiB were taken, and the rest was refused");
        Assert.Equal(6, calls.Count(call => call.IsFaulted && call.Exception!.InnerException is MemcachedException { Code: "RH4308" }));

        await client.DisposeAsync();
        var failures = await Task.WhenAll(calls.Select(call => Record.ExceptionAsync(() => call).AsTask()));
        Assert.Equal(64, failures.Count(failure => failure is ObjectDisposedException));
    }

    [Fact]
    public async Task A_disposed_client_ends_what_is_in_flight_and_takes_nothing_more()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.ReadLineAsync();
            arrived.SetResult();
            await peer.BeSilentAsync();
        });
        var client = new MemcachedClient([server.EndPoint], OneConnection);
        var call = client.GetAsync("key", Cancellation).AsTask();
        await arrived.Task;

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.GetAsync("key", Cancellation));
    }

    // A connection lives on when the app that needed it first is gone.
    [Fact]
    public async Task A_connection_keeps_nothing_of_the_caller_that_opened_it()
    {
        var ambient = new AsyncLocal<object?>();
        var seen = new List<object?>();
        await using var server = new ScriptedServer(async peer =>
        {
            while (true)
            {
                await peer.SendAsync($"EN {await peer.ReadOpaqueAsync()}\r\n");
            }
        });
        var time = new WatchedTime { OnTimer = () => seen.Add(ambient.Value) };
        ambient.Value = new object();

        await using var client = new MemcachedClient([server.EndPoint], OneConnection with { TimeProvider = time });
        await client.GetAsync("key", Cancellation);

        Assert.NotEmpty(seen);
        Assert.All(seen, Assert.Null);
    }

    private static MemcachedOptions OneSecond(TimeProvider time) => new()
    {
        ConnectionsPerServer = 1,
        OperationTimeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        TimeProvider = time,
    };
}
