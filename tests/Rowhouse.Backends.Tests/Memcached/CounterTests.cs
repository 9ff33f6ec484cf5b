using Rowhouse.Backends.Memcached;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class CounterTests : IClassFixture<MemcachedFixture>
{
    private readonly MemcachedFixture _memcached;

    public CounterTests(MemcachedFixture memcached)
    {
        _memcached = memcached;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MemcachedClient Client => _memcached.Client;

    [Fact]
    public async Task A_missing_counter_stays_missing_unless_it_is_given_a_beginning()
    {
        var key = NewKey();

        Assert.Null(await Client.IncrementAsync(key, 1, default, Cancellation));
        Assert.Null(await Client.DecrementAsync(key, 1, default, Cancellation));
        Assert.Equal(10ul, await Client.IncrementAsync(key, 3, new MemcachedCount { Initial = 10 }, Cancellation));
        Assert.Equal(13ul, await Client.IncrementAsync(key, 3, new MemcachedCount { Initial = 10 }, Cancellation));
    }

    [Fact]
    public async Task A_counter_stops_at_zero_goes_around_at_the_top_and_may_get_shorter()
    {
        var key = NewKey();
        await Client.SetAsync(key, Bytes("10"), default, Cancellation);

        Assert.Equal(9ul, await Client.DecrementAsync(key, 1, default, Cancellation));
        Assert.Equal(9ul, await Client.IncrementAsync(key, 0, default, Cancellation));
        Assert.Equal(0ul, await Client.DecrementAsync(key, 100, default, Cancellation));
        Assert.Equal(ulong.MaxValue, await Client.IncrementAsync(key, ulong.MaxValue, default, Cancellation));
        Assert.Equal(1ul, await Client.IncrementAsync(key, 2, default, Cancellation));
    }

    [Fact]
    public async Task A_counter_has_the_time_to_live_that_it_was_made_with_however_long_the_number_gets()
    {
        var key = NewKey();
        var how = new MemcachedCount { Initial = 1, InitialTimeToLive = TimeSpan.FromDays(50) };

        for (var i = 0; i < 12; i++)
        {
            await Client.IncrementAsync(key, 1, i == 0 ? how : how with { InitialTimeToLive = TimeSpan.FromSeconds(5) }, Cancellation);
            var item = await Client.GetAsync(key, new MemcachedRead { WithDetails = true }, Cancellation);
            Assert.InRange(item!.TimeToLive!.Value, TimeSpan.FromDays(49), TimeSpan.FromDays(51));
        }
    }

    [Fact]
    public async Task What_is_no_number_cannot_be_counted_and_the_connection_goes_on()
    {
        var key = NewKey();
        await Client.SetAsync(key, Bytes("ten"), default, Cancellation);

        var error = await Assert.ThrowsAsync<MemcachedException>(async () => await Client.IncrementAsync(key, 1, default, Cancellation));

        Assert.Equal("RH4309", error.Code);
        Assert.Equal("ten", Text(await Client.GetAsync(key, Cancellation)));
    }

    [Fact]
    public async Task Fifty_callers_at_once_lose_no_step_of_a_counter_that_was_not_there()
    {
        var key = NewKey();
        var how = new MemcachedCount { Initial = 1 };

        var values = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Client.IncrementAsync(key, 1, how, Cancellation).AsTask()));

        Assert.Equal(Enumerable.Range(1, 50).Select(value => (ulong?)value), values.Order());
    }
}
