using System.Globalization;
using System.Text.RegularExpressions;

namespace Rowhouse.Configuration.Tests;

public sealed partial class ConnectionUriErrorTests
{
    // The '^' stands before the character that the error must point at, and is taken out.
    [Theory]
    [InlineData("^postgrs://h/db", "RH2301", "no scheme 'postgrs' (did you mean 'postgres'?)")]
    [InlineData("^shop.sqlite", "RH2301", "does not begin with a scheme")]
    [InlineData("^", "RH2301", "does not begin with a scheme")]
    [InlineData("file:a^ b", "RH2302", "U+0020")]
    [InlineData("file:ab^\u2028", "RH2302", "U+2028")]
    [InlineData("file:a^#b", "RH2302", "%23")]
    [InlineData("file:a^%2gb", "RH2302", "two hexadecimal digits")]
    [InlineData("file:a^%", "RH2302", "two hexadecimal digits")]
    [InlineData("file:a^%ff", "RH2302", "not UTF-8")]
    [InlineData("file:a^%00", "RH2302", "control character")]
    [InlineData("sqlite:a.db^,sqlite:b.db", "RH2302", "%2C")]
    [InlineData("redis://h/0^,redis://i/0", "RH2302", "separated by spaces")]
    [InlineData("file:^//host/x", "RH2303", "no host")]
    [InlineData("postgres:^host/db", "RH2303", "no '//'")]
    [InlineData("postgres://^/db", "RH2303", "host=PATH")]
    [InlineData("postgres:^//h/db?host=/run", "RH2303", "leave one of the two out")]
    [InlineData("redis://a,^,b", "RH2303", "a host is missing")]
    [InlineData("redis://a,^-..b", "RH2303", "not the name of a host")]
    [InlineData("redis://^münchen.example", "RH2303", "xn--")]
    [InlineData("redis://^[1.2.3.4]", "RH2303", "IPv6")]
    [InlineData("redis://^[fe80::1%25eth0]", "RH2303", "without a zone")]
    [InlineData("redis://^[::1", "RH2303", "IPv6")]
    [InlineData("redis://h^:65536", "RH2303", "65536")]
    [InlineData("redis://h^:0", "RH2303", "from 1 to 65535")]
    [InlineData("redis://[::1]^5", "RH2303", "a port")]
    [InlineData("mssql://a,^b/db", "RH2303", "one host")]
    [InlineData("memcached://^u:p@h", "RH2303", "neither user nor password")]
    [InlineData("redis://^hush@h", "RH2303", "redis://:PASSWORD@HOST")]
    [InlineData("sqlite:^", "RH2304", "no file is named")]
    [InlineData("sqlite:^folder/", "RH2304", "no file is named")]
    [InlineData("file:^../other", "RH2304", "'..'")]
    [InlineData("memory:^x", "RH2304", "nothing stands between")]
    [InlineData("memcached://h/^x", "RH2304", "no path")]
    [InlineData("redis://h/^main", "RH2304", "number of a database")]
    [InlineData("redis://h/^01", "RH2304", "number of a database")]
    [InlineData("postgres://h/^a/b", "RH2304", "%2F")]
    [InlineData("postgres://h/db?pool=5&^tiemout=5s", "RH2305", "no option 'tiemout' (did you mean 'timeout'?); there are: pool, timeout,")]
    [InlineData("postgres://h/db?pool=^0", "RH2305", "a number from 1 to 10000")]
    [InlineData("postgres://h/db?timeout=^5", "RH2305", "a time from 10ms to 1h")]
    [InlineData("postgres://h/db?tls=^verfy", "RH2305", "(did you mean 'verify'?); expected: disable, prefer, require, verify")]
    [InlineData("memory:?max=^lots", "RH2305", "a size such as 64MB")]
    [InlineData("postgres://h/db?^pool", "RH2305", "no value")]
    [InlineData("postgres://h/db?^pool=", "RH2305", "no value")]
    [InlineData("postgres://h/db?pool=1&^pool=2", "RH2305", "twice")]
    [InlineData("postgres://h/db?^order=random", "RH2305", "on the first of them")]
    [InlineData("postgres://h/db?^user=me", "RH2305", "postgres://USER:PASSWORD@HOST")]
    [InlineData("cookie:?^x=1", "RH2305", "it has none")]
    public void An_error_points_at_the_wrong_part(string marked, string code, string why)
    {
        var position = marked.IndexOf('^', StringComparison.Ordinal);
        var text = marked.Remove(position, 1);

        var error = Assert.Throws<RowhouseException>(() => ConnectionUri.Parse(text));

        Assert.Equal(code, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal(position + 1, int.Parse(Position().Match(error.Message).Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.False(ConnectionUri.TryParse(text, out _));
    }

    [Theory]
    [InlineData("postgrs://u:hush@h/db")]
    [InlineData("postgres://u:hush@h:x/db")]
    [InlineData("postgres://u:hush@h/db?pool=x")]
    [InlineData("postgres://u:hu/hush@h/db")]
    [InlineData("postgres://u:1/hush@h/db")]
    [InlineData("postgres://u:1?hush@h/db")]
    [InlineData("postgres://u:hu#hush@h/db")]
    [InlineData("postgres://u:hu hush@h/db")]
    [InlineData("postgres://u:hu%hush@h/db")]
    [InlineData("postgres://u:hu,hush@h,/db")]
    [InlineData("postgres://u:hush")]
    [InlineData("postgres://u:hush/db")]
    [InlineData("postgres://u:12hush/db")]
    [InlineData("postgres:u:hush@h/db")]
    [InlineData("postgres:/u:hush@h/db")]
    [InlineData("redis://hush@h")]
    [InlineData("redis://h/x?password=hush")]
    [InlineData("sqlite:x?password=hush")]
    [InlineData("sqlite://u:hush@x")]
    [InlineData("postgres://h/db?Password=hush&pool=0")]
    [InlineData("Server=h;Password=hush")]
    [InlineData("Server=h:1;Password=hush")]
    [InlineData("hush")]
    public void A_password_never_comes_into_a_message(string text)
    {
        var error = Assert.Throws<RowhouseException>(() => ConnectionUri.Parse(text));

        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", Assert.Throws<RowhouseException>(() => ConnectionUris.Parse("file: " + text)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_length_is_refused()
    {
        Assert.Equal("RH2302", Assert.Throws<RowhouseException>(() => ConnectionUri.Parse("file:" + new string('a', 10_000))).Code);
        Assert.Equal("RH2306", Assert.Throws<RowhouseException>(() => ConnectionUris.Parse(new string(' ', 100_000))).Code);
        Assert.Equal("RH2306", Assert.Throws<RowhouseException>(() => ConnectionUris.Parse(string.Join(' ', Enumerable.Repeat("file:", 65)))).Code);
        Assert.Equal("RH2303", Assert.Throws<RowhouseException>(() => ConnectionUri.Parse("redis://" + string.Join(',', Enumerable.Repeat("h", 17)))).Code);
    }

    [GeneratedRegex(@"wrong at character (\d+):", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
