using Rowhouse.Backends.Memcached;
using Rowhouse.Tests;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class HostileServerTests
{
    // One connection, so that whatever an answer is mistaken for happens on it.
    private static readonly MemcachedOptions OneConnection = Patient with { ConnectionsPerServer = 1, MaxValueBytes = 1000 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", 16)]
    [InlineData("VA 1001 {0}\r\n", 18)]
    [InlineData("VA 2 {0}\r\nabcdef", 27)]
    [InlineData("HD {0}1\r\n", 16)]
    [InlineData("VA 0 O77\r\n\r\n", 16)]
    [InlineData("VA 0\r\n\r\n", 16)]
    [InlineData("NS {0}\r\n", 16)]
    [InlineData("MN\r\n", 16)]
    [InlineData("STAT a b\r\n", 16)]
    [InlineData("EN {0}\nEN", 21)]
    public async Task What_is_no_answer_to_the_question_closes_the_connection_with_the_place(string answer, long offset)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            var opaque = await peer.ReadOpaqueAsync();
            await peer.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, answer, opaque));
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));

        Assert.Equal("RH4302", error.Code);
        Assert.Contains($"at byte {offset} ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_line_without_end_is_not_read_to_its_end()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.ReadLineAsync();
            while (true)
            {
                await peer.SendAsync(new string('x', 1000));
            }
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));

        Assert.Equal("RH4302", error.Code);
        Assert.Contains("a line of more than 2048 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_waits_behind_garbage_fails_and_nothing_hangs()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            for (var i = 0; i < 20; i++)
            {
                await peer.ReadLineAsync();
            }

            await peer.SendAsync("garbage\r\n");
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var calls = Enumerable.Range(0, 20).Select(i => client.GetAsync($"key{i}", Cancellation).AsTask()).ToList();

        foreach (var call in calls)
        {
            Assert.Equal("RH4302", (await Assert.ThrowsAsync<MemcachedException>(() => call)).Code);
        }
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_closes_the_connection()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            var opaque = await peer.ReadOpaqueAsync();
            await peer.SendAsync($"EN {opaque}\r\nEN {opaque}\r\n");
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        Assert.Null(await client.GetAsync("key", Cancellation));
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await client.GetAsync("key", Cancellation);
                }
                catch (MemcachedException)
                {
                }

                return server.Connections > 1;
            },
            "the connection was closed and another one opened");
    }

    [Theory]
    [InlineData("")]
    [InlineData("VA 5 O1\r\nhe")]
    public async Task A_server_that_hangs_up_instead_of_answering_is_an_error_and_no_hang(string start)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.ReadLineAsync();
            await peer.SendAsync(start);
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));

        Assert.Equal("RH4305", error.Code);
    }

    [Fact]
    public async Task Answers_may_come_byte_by_byte()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            while (true)
            {
                var opaque = await peer.ReadOpaqueAsync();
                foreach (var character in $"VA 7 f3 c5 {opaque}\r\n\r\nEN\r\n1\r\n")
                {
                    await peer.SendAsync(character.ToString());
                }
            }
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var items = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetAsync("key", Cancellation).AsTask()));

        Assert.All(items, item => Assert.Equal("\r\nEN\r\n1", Text(item)));
    }

    [Theory]
    [InlineData("SERVER_ERROR out of memory storing object\r\n", "RH4307", 1)]
    [InlineData("CLIENT_ERROR bad data chunk\r\n", "RH4307", 2)]
    [InlineData("ERROR\r\n", "RH4307", 2)]
    public async Task After_a_refusal_that_leaves_doubt_about_what_follows_the_connection_is_not_used_again(string refusal, string code, int connections)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            var command = await peer.ReadLineAsync();
            if (command.StartsWith("ms", StringComparison.Ordinal))
            {
                await peer.ReadLineAsync();
                await peer.SendAsync(refusal);
                command = await peer.ReadLineAsync();
            }

            await peer.SendAsync($"EN {command.Split(' ')[^1]}\r\n");
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.SetAsync("key", Bytes("value"), default, Cancellation));
        Assert.Equal(code, error.Code);
        Assert.Contains(refusal.Split(' ', 2)[^1].Trim(), error.Message, StringComparison.Ordinal);

        Assert.Null(await client.GetAsync("key", Cancellation));
        Assert.Equal(connections, server.Connections);
    }

    [Theory]
    [InlineData("VERSION 1.5.22\r\n", "RH4304", "'1.5.22'")]
    [InlineData("VERSION 1.6.9\r\n", "RH4304", "1.6.10 or newer")]
    [InlineData("VERSION mcrouter 41\r\n", "RH4304", "mcrouter")]
    [InlineData("ERROR Too many open connections\r\n", "RH4307", "Too many open connections")]
    [InlineData("-ERR unknown command 'version'\r\n", "RH4302", "-ERR unknown command")]
    public async Task What_is_no_memcached_or_too_old_a_one_is_named(string greeting, string code, string what)
    {
        await using var server = new ScriptedServer(peer => peer.BeSilentAsync(), greeting);
        await using var client = new MemcachedClient([server.EndPoint], OneConnection with { RetryDelay = TimeSpan.FromMilliseconds(10) });

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));
        var again = await Assert.ThrowsAsync<MemcachedException>(async () => await client.GetAsync("key", Cancellation));

        Assert.Equal((code, code), (error.Code, again.Code));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_takes_no_answer_twice_or_out_of_order()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            var opaques = new[] { await peer.ReadOpaqueAsync(), await peer.ReadOpaqueAsync() };
            await peer.SendAsync($"VA 1 {opaques[1]}\r\nb\r\nVA 1 {opaques[0]}\r\na\r\nMN\r\n");
            await peer.BeSilentAsync();
        });
        await using var client = new MemcachedClient([server.EndPoint], OneConnection);

        var items = await client.GetManyAsync(["a", "b"], Cancellation);

        Assert.Empty(items.Found);
        Assert.All(items.Failed.Values, error => Assert.Equal("RH4302", error.Code));
        Assert.Equal(2, items.Failed.Count);
    }
}
