namespace Rowhouse.Hosting.Tests;

public sealed class ListenerUriTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000")]
    [InlineData("HTTP://127.0.0.1:8000/", "http://127.0.0.1:8000")]
    [InlineData("http://*:80", "http://*:80")]
    [InlineData("http://*", "http://*:80")]
    [InlineData("http://[::1]:8000", "http://[::1]:8000")]
    [InlineData("http://[0:0:0::1]", "http://[::1]:80")]
    [InlineData("http://LocalHost:8000", "http://localhost:8000")]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:5000?protocols=h2", "http://127.0.0.1:5000?protocols=h2")]
    [InlineData("http://127.0.0.1:5000?protocols=http1", "http://127.0.0.1:5000")]
    [InlineData("https://0.0.0.0?key=b.pem&cert=a.pem", "https://0.0.0.0:443?cert=a.pem&key=b.pem")]
    [InlineData("https://*:443?cert=a%20b.PFX&password-file=p&protocols=http1+h2+h3", "https://*:443?cert=a%20b.PFX&password-file=p&protocols=http1+h2+h3")]
    [InlineData("https://*:443?cert=a.p12&protocols=http1%2Bh2", "https://*:443?cert=a.p12")]
    [InlineData("unix:/run/rowhouse.sock?mode=0660&group=www-data", "unix:/run/rowhouse.sock?mode=660&group=www-data")]
    [InlineData("unix:///run/rowhouse.sock?mode=600", "unix:/run/rowhouse.sock")]
    [InlineData("unix:data/r%3F.sock", "unix:data/r%3F.sock")]
    [InlineData("systemd:", "systemd:")]
    [InlineData("systemd:?cert=a.pem&key=b.pem", "systemd:?cert=a.pem&key=b.pem")]
    public void A_listener_is_read_and_printed_in_its_normal_spelling(string text, string normal)
    {
        var listener = ListenerUri.Parse(text);
        Assert.Equal(normal, listener.ToString());
        Assert.Equal(text, listener.Text);
        Assert.Equal(listener, ListenerUri.Parse(normal));
        Assert.Equal(listener.GetHashCode(), ListenerUri.Parse(normal).GetHashCode());
    }

    [Fact]
    public void Every_part_has_its_property()
    {
        var tls = ListenerUri.Parse("https://[::1]:8443?cert=a%26b.pem&key=k.pem&password-file=p&protocols=h2");
        Assert.Equal(
            (ListenerScheme.Https, "::1", 8443, "a&b.pem", "k.pem", "p", ListenerProtocols.Http2),
            (tls.Scheme, tls.Host, tls.Port, tls.CertificateFile, tls.KeyFile, tls.PasswordFile, tls.Protocols));

        var unix = ListenerUri.Parse("unix:/run/x.sock?mode=660&group=www-data");
        const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        Assert.Equal((ListenerScheme.Unix, "/run/x.sock", OwnerAndGroup, "www-data", ListenerProtocols.Http1), (unix.Scheme, unix.SocketPath, unix.Mode, unix.Group, unix.Protocols));
        Assert.Equal(ListenerUri.DefaultMode, ListenerUri.Parse("unix:/run/x.sock").Mode);
    }

    [Theory]
    [InlineData("", "RH1401", "is not a listener")]
    [InlineData("127.0.0.1:8000", "RH1401", "http://ADDRESS:PORT")]
    [InlineData("ftp://127.0.0.1", "RH1401", "'ftp://127.0.0.1'")]
    [InlineData("postgres://me:hush@db", "RH1401", "postgres://…@db")]
    [InlineData("http://a b", "RH1402", "U+0020")]
    [InlineData("http://*:80,http://*:81", "RH1402", "%2C")]
    [InlineData("http://*:80#x", "RH1402", "'#'")]
    [InlineData("unix:/a%0", "RH1402", "two hexadecimal digits")]
    [InlineData("unix:/a%00", "RH1402", "control character")]
    [InlineData("http:127.0.0.1", "RH1403", "'//' is missing")]
    [InlineData("http://example.com:80", "RH1403", "'example.com' is not an address")]
    [InlineData("http://1:80", "RH1403", "'1' is not an address")]
    [InlineData("http://010.0.0.1:80", "RH1403", "is not an address")]
    [InlineData("http://::1:80", "RH1403", "is not an address")]
    [InlineData("http://[::1:80", "RH1403", "is not an address")]
    [InlineData("http://[127.0.0.1]:80", "RH1403", "is not an address")]
    [InlineData("http://:80", "RH1403", "is not an address")]
    [InlineData("http://*:80/shop", "RH1403", "no path")]
    [InlineData("systemd:3", "RH1403", "nothing stands after")]
    [InlineData("http://*:65536", "RH1404", "'65536'")]
    [InlineData("http://*:+80", "RH1404", "'+80'")]
    [InlineData("http://*:", "RH1404", "the port is ''")]
    [InlineData("http://[::1]80", "RH1404", "'80' where ':PORT'")]
    [InlineData("http://localhost:0", "RH1404", "127.0.0.1:0")]
    [InlineData("http://*:80?protocol=h2", "RH1405", "did you mean 'protocols'?")]
    [InlineData("http://*:80?cert=a", "RH1405", "no option 'cert'")]
    [InlineData("http://*:80?protocols=http1+h2", "RH1405", "one listener for each")]
    [InlineData("http://*:80?protocols=http2", "RH1405", "http1, h2")]
    [InlineData("http://*:80?protocols=h2&protocols=h2", "RH1405", "twice")]
    [InlineData("http://*:80?protocols=", "RH1405", "no value")]
    [InlineData("http://*:80?&", "RH1405", "no option ''")]
    [InlineData("systemd:?cert=a.pfx&protocols=http1+h2+h3", "RH1405", "http1, h2, http1+h2")]
    [InlineData("unix:/x?mode=888", "RH1405", "three octal digits")]
    [InlineData("unix:/x?mode=4755", "RH1405", "three octal digits")]
    [InlineData("https://*:443?cert=a.pfx&password=hush", "RH1406", "password-file=FILE")]
    [InlineData("https://*:443?cert=a.pfx&PassWord=hush", "RH1406", "password-file=FILE")]
    [InlineData("https://me:hush@127.0.0.1", "RH1406", "a user name")]
    [InlineData("https://*:443", "RH1407", "cert=FILE.pem")]
    [InlineData("https://*:443?key=b.pem", "RH1407", "there is no certificate")]
    [InlineData("https://*:443?cert=a.pem", "RH1407", "key of 'a.pem' is missing")]
    [InlineData("https://*:443?cert=a.pfx&key=b.pem", "RH1407", "leave out key=")]
    [InlineData("unix:", "RH1408", "does not name a file")]
    [InlineData("unix:/run/", "RH1408", "does not name a file")]
    [InlineData("unix://run/x.sock", "RH1408", "unix:/run/x.sock")]
    public void What_is_wrong_is_said_with_the_part_that_is_wrong(string text, string code, string part)
    {
        var error = Assert.Throws<RowhouseException>(() => ListenerUri.Parse(text));
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_socket_path_that_the_system_cannot_hold_is_refused()
    {
        Assert.Equal(107, ListenerUri.Parse("unix:/" + new string('a', 106)).SocketPath!.Length);
        Assert.Equal("RH1408", Assert.Throws<RowhouseException>(() => ListenerUri.Parse("unix:/" + new string('ä', 53) + "a")).Code);
        Assert.Equal("RH1402", Assert.Throws<RowhouseException>(() => ListenerUri.Parse("unix:/" + new string('a', 5000))).Code);
    }

    [Fact]
    public void Any_string_gives_a_listener_that_can_be_printed_and_read_again_or_a_clear_error()
    {
        string[] parts =
        [
            "http", "https", "unix", "systemd", ":", "//", "/", "?", "&", "=", "#", "%", "%41", "%0", "%ff", "%C3%A4", "[", "]", "::1", "*", "localhost",
            "127.0.0.1", ":80", ":0", "65536", "cert", "key", "a.pfx", "a.pem", "password", "password-file", "mode", "660", "group", "protocols", "h2", "http1+h2", "+",
            "@", " ", ",", "\0", "\n", "ä", "\uD800", "\uDC00", "\uFFFD", "😀", "..", "\\", "\"", "unix:/x?", "http://*", "https://*:1?cert=", "%2",
        ];
        var random = new Random(4711);
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            CheckAny(text);
        }

        for (var i = 0; i < 50_000; i++)
        {
            CheckAny(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 65536))));
        }
    }

    private static void CheckAny(string text)
    {
        ListenerUri listener;
        try
        {
            listener = ListenerUri.Parse(text);
        }
        catch (RowhouseException e)
        {
            Assert.StartsWith("RH140", e.Code, StringComparison.Ordinal);
            return;
        }

        var again = ListenerUri.Parse(listener.ToString());
        Assert.Equal(listener, again);
        Assert.Equal(
            (listener.Host, listener.Port, listener.SocketPath, listener.CertificateFile, listener.KeyFile, listener.PasswordFile, listener.Mode),
            (again.Host, again.Port, again.SocketPath, again.CertificateFile, again.KeyFile, again.PasswordFile, again.Mode));
        Assert.Equal((listener.Group, listener.Protocols), (again.Group, again.Protocols));
    }
}
