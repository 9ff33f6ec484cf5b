using Rowhouse.Backends.Memcached;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class KeyListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_of_a_prefix_are_listed_as_they_were_written()
    {
        await using var process = await MemcachedProcess.StartAsync();
        await using var client = new MemcachedClient([process.EndPoint], Patient);
        string[] keys = ["shop:a", "shop:ü", "shop:50%", "shop:%41", "shop:a/b?c=d", "shop:" + new string('x', 240)];
        foreach (var key in keys.Append("blog:a"))
        {
            await client.SetAsync(key, Bytes("value"), cancellationToken: Cancellation);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await ListAsync(client, "shop:")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("CLIENT_ERROR lru crawler disabled\r\n", "RH4310")]
    [InlineData("ERROR\r\n", "RH4310")]
    [InlineData("key=\n", "RH4310")]
    [InlineData("key=a exp=-1\n", "RH4305")]
    public async Task What_is_no_list_is_an_error_with_a_code(string answer, string code)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.ReadLineAsync();
            await peer.SendAsync(answer);
        });
        await using var client = new MemcachedClient([server.EndPoint], Patient);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await ListAsync(client, ""));

        Assert.Equal(code, error.Code);
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
        await using var client = new MemcachedClient([server.EndPoint], Patient);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await ListAsync(client, ""));

        Assert.Equal("RH4302", error.Code);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_and_one_that_knows_no_table_is_asked_for_its_lists()
    {
        var asked = new List<string>();
        await using var server = new ScriptedServer(async peer =>
        {
            foreach (var answer in (string[])["BUSY currently processing crawler request\r\n", "BADCLASS invalid class id\r\n", "key=a exp=-1 la=1\nEND\r\n"])
            {
                asked.Add(await peer.ReadLineAsync());
                await peer.SendAsync(answer);
            }
        });
        await using var client = new MemcachedClient([server.EndPoint], Patient);

        Assert.Equal(["a"], await ListAsync(client, ""));
        Assert.Equal(["lru_crawler metadump hash", "lru_crawler metadump hash", "lru_crawler metadump all"], asked);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_an_error_and_no_wait_without_end()
    {
        await using var server = new ScriptedServer(peer => peer.BeSilentAsync());
        await using var client = new MemcachedClient([server.EndPoint], Patient with { OperationTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await ListAsync(client, ""));

        Assert.Equal("RH4303", error.Code);
    }

    private static async Task<List<string>> ListAsync(MemcachedClient client, string prefix) => await client.ListKeysAsync(prefix, Cancellation).ToListAsync(Cancellation);
}
