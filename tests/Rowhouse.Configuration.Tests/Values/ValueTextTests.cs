namespace Rowhouse.Configuration.Tests;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("20m", 1_200_000)]
    [InlineData("30s", 30_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("1m1ms", 60_001)]
    [InlineData("0", 0)]
    public void A_duration_is_read(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("m")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1H")]
    [InlineData("1 h")]
    [InlineData("-1s")]
    [InlineData("9999999999d")]
    [InlineData("999999999d")]
    [InlineData("10675199d999999999s")]
    [InlineData("١s")]
    public void What_is_not_a_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("512MB", 512L << 20)]
    [InlineData("2 gb", 2L << 30)]
    [InlineData("64KB", 64L << 10)]
    [InlineData("1000", 1000)]
    [InlineData("7B", 7)]
    public void A_size_is_read_in_powers_of_1024(string text, long expected)
    {
        Assert.True(SizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("1.5GB")]
    [InlineData("-1MB")]
    [InlineData("1TB")]
    [InlineData("9223372036854775807GB")]
    [InlineData("99999999999999999999")]
    public void What_is_not_a_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Theory]
    [InlineData("lisen", "listen")]
    [InlineData("LISTNE", "listen")]
    [InlineData("enviroment", "environment")]
    [InlineData("port", null)]
    [InlineData("", null)]
    public void A_slip_of_the_hand_is_recognised(string word, string? meant) =>
        Assert.Equal(meant, Spelling.FindNearest(word, ["listen", "environment"]));
}
