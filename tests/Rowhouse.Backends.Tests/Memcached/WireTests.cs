using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class WireTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("a")]
    [InlineData("user:42/cart?x=1")]
    [InlineData("ключ")]
    [InlineData("日本\U0001F600")]
    public void A_key_that_the_protocol_can_carry_is_sent_as_it_is(string key) => Assert.Equal(key, NameOf(key));

    [Fact]
    public void A_key_of_250_bytes_is_sent_as_it_is_and_one_of_251_is_hashed()
    {
        Assert.Equal(new string('k', 250), NameOf(new string('k', 250)));
        Assert.StartsWith("sha256:", NameOf(new string('k', 251)), StringComparison.Ordinal);
        Assert.Equal(new string('é', 125), NameOf(new string('é', 125)));
        Assert.StartsWith("sha256:", NameOf(new string('é', 125) + "k"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_string_gets_a_name_that_the_protocol_can_carry_and_no_two_the_same()
    {
        var keys = Enumerable.Range(0, 0x21).Append(0x7F).Select(value => $"a{(char)value}b")
            .Concat(["", " ", "a ", " a", "a\r\nflush_all\r\n", "\uD800", "\uD801", "\uFFFD", "\uD800\uDC00", "a\uDC00"])
            .Concat([new string('x', 251), new string('x', 252), new string('é', 126), new string(' ', 100_000)])
            .ToList();
        keys.AddRange(keys.Select(NameOf).ToList());

        var names = keys.Select(NameOf).ToList();

        Assert.All(names, name =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 250);
            Assert.DoesNotContain(name, character => char.IsControl(character) || char.IsWhiteSpace(character));
        });
        Assert.Equal(keys.Distinct(StringComparer.Ordinal).Count(), names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("00:00:00", 0)]
    [InlineData("00:00:00.0010000", 1)]
    [InlineData("00:00:01", 1)]
    [InlineData("00:00:01.0000001", 2)]
    [InlineData("30.00:00:00", 2_592_000)]
    [InlineData("-00:00:00.0020000", -1)]
    [InlineData("-5.00:00:00", -1)]
    public void A_time_to_live_up_to_30_days_is_sent_in_seconds_rounded_up(string timeToLive, long expected) =>
        Assert.Equal(expected, WireTime.ToExpiry(TimeSpan.Parse(timeToLive, System.Globalization.CultureInfo.InvariantCulture), Time));

    [Fact]
    public void A_time_to_live_above_30_days_is_sent_as_a_date_that_fits_into_32_bits()
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(now + 2_592_001, WireTime.ToExpiry(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1), Time));
        Assert.Equal(now + (365 * 86_400), WireTime.ToExpiry(TimeSpan.FromDays(365), Time));
        Assert.Equal(int.MaxValue, WireTime.ToExpiry(TimeSpan.MaxValue, Time));
    }

    [Fact]
    public void An_infinite_time_to_live_is_for_ever_and_not_negative() =>
        Assert.Equal(0, WireTime.ToExpiry(Timeout.InfiniteTimeSpan, Time));

    [Fact]
    public void An_endpoint_is_spelled_in_one_way()
    {
        Assert.Equal("cache.example:11211", new MemcachedEndPoint("Cache.Example").ToString());
        Assert.Equal("[::1]:11212", new MemcachedEndPoint("[::1]", 11212).ToString());
        Assert.Equal(new MemcachedEndPoint("[::1]"), new MemcachedEndPoint("::1"));
        Assert.Equal("unix:/run/memcached.sock", MemcachedEndPoint.Unix("/run/memcached.sock").ToString());
    }

    private static string NameOf(string key) => Encoding.UTF8.GetString(WireKey.ToArray(key));
}
