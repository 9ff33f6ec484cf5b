using Rowhouse.Backends.Memcached;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class StampedeTests : IClassFixture<MemcachedFixture>
{
    private static readonly MemcachedRead Vivify = new() { Vivify = TimeSpan.FromSeconds(600) };

    private readonly MemcachedFixture _memcached;

    public StampedeTests(MemcachedFixture memcached)
    {
        _memcached = memcached;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MemcachedClient Client => _memcached.Client;

    [Fact]
    public async Task Of_fifty_callers_on_five_nodes_who_want_a_cold_key_exactly_one_computes_it_and_all_get_it()
    {
        var key = NewKey();
        MemcachedProcess.SkipIfMissing();
        var nodes = Enumerable.Range(0, 5).Select(_ => new MemcachedClient([_memcached.EndPoint], Patient)).ToList();
        var computed = 0;

        var values = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => GetOrComputeAsync(nodes[i % 5])));

        Assert.Equal(1, computed);
        Assert.All(values, value => Assert.Equal("computed", value));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        async Task<string> GetOrComputeAsync(MemcachedClient node)
        {
            while (true)
            {
                var item = (await node.GetAsync(key, Vivify, Cancellation))!;
                if (item.HasWon)
                {
                    Interlocked.Increment(ref computed);
                    await Task.Yield();
                    await node.SetAsync(key, Bytes("computed"), new MemcachedWrite { Cas = item.Cas }, Cancellation);
                    return "computed";
                }

                if (!item.IsWonByAnother)
                {
                    return Text(item);
                }
            }
        }
    }

    [Fact]
    public async Task Vivify_makes_an_empty_item_with_a_time_to_live_and_leaves_one_that_is_there_alone()
    {
        var key = NewKey();

        var first = (await Client.GetAsync(key, Vivify, Cancellation))!;
        var second = (await Client.GetAsync(key, Vivify with { WithDetails = true }, Cancellation))!;
        Assert.Equal((true, false, 0), (first.HasWon, first.IsWonByAnother, first.Value.Length));
        Assert.Equal((false, true, 0), (second.HasWon, second.IsWonByAnother, second.Value.Length));
        Assert.InRange(second.TimeToLive!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(600));

        await Client.SetAsync(key, Bytes("x"), new MemcachedWrite { Cas = first.Cas }, Cancellation);
        var third = (await Client.GetAsync(key, Vivify, Cancellation))!;
        Assert.Equal((false, false, "x"), (third.HasWon, third.IsWonByAnother, Text(third)));
    }

    [Fact]
    public async Task Shortly_before_the_end_exactly_one_reader_is_told_to_compute_anew()
    {
        var key = NewKey();
        await Client.SetAsync(key, Bytes("old"), new MemcachedWrite { TimeToLive = TimeSpan.FromSeconds(1000) }, Cancellation);

        var early = await Client.GetAsync(key, new MemcachedRead { Recache = TimeSpan.FromSeconds(10) }, Cancellation);
        var late = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Client.GetAsync(key, new MemcachedRead { Recache = TimeSpan.FromSeconds(2000) }, Cancellation).AsTask()));

        Assert.False(early!.HasWon || early.IsWonByAnother);
        Assert.Single(late, item => item!.HasWon);
        Assert.Equal(19, late.Count(item => item!.IsWonByAnother));
        Assert.All(late, item => Assert.Equal("old", Text(item)));
    }

    [Fact]
    public async Task An_invalidated_item_is_served_stale_until_the_one_who_won_has_stored_a_new_one()
    {
        var key = NewKey();
        Assert.Equal(MemcachedStatus.NotFound, await Client.InvalidateAsync(key, null, null, Cancellation));
        await Client.SetAsync(key, Bytes("old"), default, Cancellation);

        Assert.Equal(MemcachedStatus.Done, await Client.InvalidateAsync(key, TimeSpan.FromSeconds(600), null, Cancellation));
        var winner = (await Client.GetAsync(key, Cancellation))!;
        var other = (await Client.GetAsync(key, new MemcachedRead { WithDetails = true }, Cancellation))!;

        Assert.Equal((true, true, false, "old"), (winner.IsStale, winner.HasWon, winner.IsWonByAnother, Text(winner)));
        Assert.Equal((true, false, true, "old"), (other.IsStale, other.HasWon, other.IsWonByAnother, Text(other)));
        Assert.InRange(other.TimeToLive!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(600));

        await Client.SetAsync(key, Bytes("new"), new MemcachedWrite { Cas = winner.Cas }, Cancellation);
        var fresh = (await Client.GetAsync(key, Cancellation))!;
        Assert.Equal((false, false, false, "new"), (fresh.IsStale, fresh.HasWon, fresh.IsWonByAnother, Text(fresh)));
    }
}
