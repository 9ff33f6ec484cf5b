using Rowhouse.Backends.Memcached;
using static Rowhouse.Backends.Tests.Memcached.MemcachedFixture;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class ItemTests : IClassFixture<MemcachedFixture>
{
    private readonly MemcachedFixture _memcached;

    public ItemTests(MemcachedFixture memcached)
    {
        _memcached = memcached;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MemcachedClient Client => _memcached.Client;

    [Fact]
    public async Task What_was_stored_is_read_with_its_version_and_client_flags()
    {
        var key = NewKey();

        Assert.Null(await Client.GetAsync(key, Cancellation));
        var stored = await Client.SetAsync(key, Bytes("hello"), new MemcachedWrite { ClientFlags = uint.MaxValue }, Cancellation);
        var item = await Client.GetAsync(key, Cancellation);

        Assert.True(stored.IsDone);
        Assert.Equal("hello", Text(item));
        Assert.Equal(stored.Cas, item!.Cas);
        Assert.Equal(uint.MaxValue, item.ClientFlags);
        Assert.Null(item.TimeToLive);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two words\r\nflush_all")]
    [InlineData("ключ")]
    [InlineData("\uD800")]
    public async Task Any_string_is_a_key(string suffix)
    {
        var key = suffix.Length == 0 ? "" : NewKey() + suffix;
        await Client.SetAsync(key, Bytes(key.Length + "x"), default, Cancellation);

        Assert.Equal(key.Length + "x", Text(await Client.GetAsync(key, Cancellation)));
        Assert.Equal(MemcachedStatus.Done, await Client.DeleteAsync(key, null, Cancellation));
    }

    [Fact]
    public async Task Keys_of_any_length_are_kept_apart()
    {
        var start = NewKey() + new string('k', 10_000);
        await Client.SetAsync(start + "1", Bytes("1"), default, Cancellation);
        await Client.SetAsync(start + "2", Bytes("2"), default, Cancellation);

        Assert.Equal("1", Text(await Client.GetAsync(start + "1", Cancellation)));
        Assert.Equal("2", Text(await Client.GetAsync(start + "2", Cancellation)));
    }

    [Fact]
    public async Task A_value_is_any_bytes_from_none_to_nearly_a_mebibyte()
    {
        var key = NewKey();
        var large = new byte[1_000_000];
        new Random(1).NextBytes(large);

        foreach (var value in new[] { [], "\r\nEN\r\n\0"u8.ToArray(), large })
        {
            Assert.True((await Client.SetAsync(key, value, default, Cancellation)).IsDone);
            Assert.Equal(value, (await Client.GetAsync(key, Cancellation))!.Value.ToArray());
        }
    }

    [Fact]
    public async Task A_value_that_is_too_large_is_refused_here_or_there_and_the_connection_goes_on()
    {
        var key = NewKey();

        var here = await Assert.ThrowsAsync<MemcachedException>(async () => await Client.SetAsync(key, new byte[(1024 * 1024) + 1], default, Cancellation));
        var there = await Assert.ThrowsAsync<MemcachedException>(async () => await Client.SetAsync(key, new byte[1024 * 1024], default, Cancellation));

        Assert.Equal(("RH4306", "RH4306"), (here.Code, there.Code));
        Assert.Contains("MaxValueBytes", here.Message, StringComparison.Ordinal);
        Assert.Contains("memcached -I", there.Message, StringComparison.Ordinal);
        Assert.Null(await Client.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task Add_replace_append_and_prepend_keep_their_conditions()
    {
        var key = NewKey();

        Assert.Equal(MemcachedStatus.NotStored, (await Client.ReplaceAsync(key, Bytes("a"), default, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.NotStored, (await Client.AppendAsync(key, Bytes("a"), null, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.NotStored, (await Client.PrependAsync(key, Bytes("a"), null, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.Done, (await Client.AddAsync(key, Bytes("b"), default, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.NotStored, (await Client.AddAsync(key, Bytes("c"), default, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.Done, (await Client.AppendAsync(key, Bytes("c"), null, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.Done, (await Client.PrependAsync(key, Bytes("a"), null, Cancellation)).Status);
        Assert.Equal("abc", Text(await Client.GetAsync(key, Cancellation)));
        Assert.Equal(MemcachedStatus.Done, (await Client.ReplaceAsync(key, Bytes("d"), default, Cancellation)).Status);
        Assert.Equal("d", Text(await Client.GetAsync(key, Cancellation)));
    }

    [Fact]
    public async Task A_write_with_a_version_does_not_overwrite_a_newer_one()
    {
        var key = NewKey();
        var old = (await Client.SetAsync(key, Bytes("1"), default, Cancellation)).Cas;
        var current = (await Client.SetAsync(key, Bytes("2"), new MemcachedWrite { Cas = old }, Cancellation)).Cas;

        Assert.Equal(new MemcachedResult(MemcachedStatus.Changed, 0), await Client.SetAsync(key, Bytes("3"), new MemcachedWrite { Cas = old }, Cancellation));
        Assert.Equal(MemcachedStatus.Changed, (await Client.AppendAsync(key, Bytes("3"), old, Cancellation)).Status);
        Assert.Equal(MemcachedStatus.Changed, await Client.InvalidateAsync(key, null, old, Cancellation));
        Assert.Equal(MemcachedStatus.Changed, await Client.DeleteAsync(key, old, Cancellation));
        Assert.Equal("2", Text(await Client.GetAsync(key, Cancellation)));

        Assert.Equal(MemcachedStatus.Done, await Client.DeleteAsync(key, current, Cancellation));
        Assert.Equal(MemcachedStatus.NotFound, await Client.DeleteAsync(key, null, Cancellation));
        Assert.Equal(MemcachedStatus.NotFound, (await Client.SetAsync(key, Bytes("3"), new MemcachedWrite { Cas = current }, Cancellation)).Status);
    }

    [Fact]
    public async Task A_time_to_live_is_relative_a_date_for_ever_or_over()
    {
        var key = NewKey();

        Assert.InRange(await LeftAsync(key, TimeSpan.FromSeconds(90)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(90));
        Assert.InRange(await LeftAsync(key, TimeSpan.FromDays(30)), TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        Assert.InRange(await LeftAsync(key, TimeSpan.FromDays(60)), TimeSpan.FromDays(59), TimeSpan.FromDays(61));
        Assert.InRange(await LeftAsync(key, TimeSpan.FromDays(100_000)), TimeSpan.FromDays(365), TimeSpan.FromDays(100_000));
        Assert.Equal(Timeout.InfiniteTimeSpan, await LeftAsync(key, TimeSpan.Zero));
        Assert.Equal(Timeout.InfiniteTimeSpan, await LeftAsync(key, Timeout.InfiniteTimeSpan));

        await Client.SetAsync(key, Bytes("x"), new MemcachedWrite { TimeToLive = TimeSpan.FromSeconds(-5) }, Cancellation);
        Assert.Null(await Client.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task An_item_can_be_touched_with_and_without_reading_it()
    {
        var key = NewKey();
        Assert.False(await Client.TouchAsync(key, TimeSpan.FromSeconds(50), Cancellation));
        await Client.SetAsync(key, Bytes("x"), default, Cancellation);

        Assert.True(await Client.TouchAsync(key, TimeSpan.FromSeconds(50), Cancellation));
        Assert.InRange(await LeftAsync(key), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));

        Assert.Equal("x", Text(await Client.GetAsync(key, new MemcachedRead { Touch = TimeSpan.FromDays(50) }, Cancellation)));
        Assert.InRange(await LeftAsync(key), TimeSpan.FromDays(49), TimeSpan.FromDays(51));

        Assert.True(await Client.TouchAsync(key, TimeSpan.FromSeconds(-1), Cancellation));
        Assert.Null(await Client.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task A_read_with_details_says_whether_and_when_the_item_was_read_before()
    {
        var key = NewKey();
        await Client.SetAsync(key, Bytes("x"), default, Cancellation);

        var first = await Client.GetAsync(key, new MemcachedRead { WithDetails = true }, Cancellation);
        var second = await Client.GetAsync(key, new MemcachedRead { WithDetails = true }, Cancellation);

        Assert.False(first!.WasHitBefore);
        Assert.True(second!.WasHitBefore);
        Assert.InRange(second.SinceLastAccess!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    private async Task<TimeSpan> LeftAsync(string key, TimeSpan timeToLive)
    {
        await Client.SetAsync(key, Bytes("x"), new MemcachedWrite { TimeToLive = timeToLive }, Cancellation);
        return await LeftAsync(key);
    }

    private async Task<TimeSpan> LeftAsync(string key) =>
        (await Client.GetAsync(key, new MemcachedRead { WithDetails = true }, Cancellation))!.TimeToLive!.Value;
}
