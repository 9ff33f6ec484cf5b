using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>Reads listener URIs. Any string gives either a listener or a <see cref="RowhouseException"/>.</summary>
internal static class ListenerUriParser
{
    private const int MaxLength = 4096;

    // sun_path of Linux holds 108 bytes with the closing NUL (unix(7)).
    private const int MaxSocketPathBytes = 107;

    public static ListenerUri Parse(string text)
    {
        CheckCharacters(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = FindScheme(colon < 0 ? "" : text[..colon]) ?? throw HostingErrors.NotAListener(ShownText.Of(text));
        var rest = text[(colon + 1)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var address = question < 0 ? rest : rest[..question];
        if (scheme != ListenerScheme.Unix && address.Contains('@', StringComparison.Ordinal))
        {
            throw HostingErrors.PasswordInListener("a user name");
        }

        var query = ListenerQuery.Parse(text, scheme, question < 0 ? "" : rest[(question + 1)..]);
        var listener = scheme switch
        {
            ListenerScheme.Unix => ParseUnix(text, address),
            ListenerScheme.Systemd => ParseSystemd(text, address),
            _ => ParseTcp(text, scheme, address),
        };
        return query.AddTo(listener);
    }

    /// <summary>Whether <paramref name="text"/> begins like a listener; tells a list that goes on in the next line from a new key.</summary>
    public static bool LooksLikeListener(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 && FindScheme(text[..colon]) is not null;

    private static ListenerScheme? FindScheme(string name) => name.ToUpperInvariant() switch
    {
        "HTTP" => ListenerScheme.Http,
        "HTTPS" => ListenerScheme.Https,
        "UNIX" => ListenerScheme.Unix,
        "SYSTEMD" => ListenerScheme.Systemd,
        _ => null,
    };

    private static void CheckCharacters(string text)
    {
        if (text.Length > MaxLength)
        {
            throw HostingErrors.BadListenerText(ShownText.Of(text), $"it is {text.Length} characters long, and {MaxLength} are allowed");
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value == ',')
            {
                throw HostingErrors.BadListenerText(
                    ShownText.Of(text),
                    $"it holds the character U+{rune.Value:X4}; in file names write a space as %20 and a comma as %2C");
            }
        }

        if (text.Contains('#', StringComparison.Ordinal))
        {
            throw HostingErrors.BadListenerText(ShownText.Of(text), "it holds a '#'; in file names write it as %23");
        }
    }

    private static ListenerUri ParseTcp(string text, ListenerScheme scheme, string address)
    {
        if (!address.StartsWith("//", StringComparison.Ordinal))
        {
            throw HostingErrors.BadListenerHost(ShownText.Of(text), "'//' is missing after the scheme");
        }

        // A single slash at the end is what browsers show and people paste.
        var authority = address.EndsWith('/') ? address[2..^1] : address[2..];
        if (authority.Contains('/', StringComparison.Ordinal))
        {
            throw HostingErrors.BadListenerHost(ShownText.Of(text), "a listener has no path; which app answers under a path is said in [routes]");
        }

        var hostEnd = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) + 1 : authority.IndexOf(':', StringComparison.Ordinal);
        hostEnd = hostEnd < 0 ? authority.Length : hostEnd;
        var host = ParseHost(text, authority[..hostEnd]);
        var port = hostEnd == authority.Length ? DefaultPort(scheme) : ParsePort(text, authority[hostEnd..]);
        if (port == 0 && host == "localhost")
        {
            throw HostingErrors.BadListenerPort(ShownText.Of(text), "localhost means 127.0.0.1 and [::1], which cannot share a free port; write 127.0.0.1:0");
        }

        return new ListenerUri(text, scheme) { Host = host, Port = port };
    }

    private static int DefaultPort(ListenerScheme scheme) => scheme == ListenerScheme.Http ? 80 : 443;

    private static string ParseHost(string text, string host)
    {
        if (host == "*")
        {
            return host;
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return "localhost";
        }

        var isBracketed = host.StartsWith('[');
        if (isBracketed && host.EndsWith(']')
            && IPAddress.TryParse(host[1..^1], out var six) && six.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return six.ToString();
        }

        // IPAddress also takes '1' and '0x7f.1', which nobody means.
        if (!isBracketed && IPAddress.TryParse(host, out var four) && four.AddressFamily == AddressFamily.InterNetwork && four.ToString() == host)
        {
            return host;
        }

        throw HostingErrors.BadListenerHost(
            ShownText.Of(text),
            $"'{ShownText.Of(host)}' is not an address: write an IPv4 address, an IPv6 address in brackets, localhost, or * for all; names of sites belong into [routes]");
    }

    private static int ParsePort(string text, string colonAndPort)
    {
        if (colonAndPort[0] != ':')
        {
            throw HostingErrors.BadListenerPort(ShownText.Of(text), $"after the address stands '{colonAndPort}' where ':PORT' is expected");
        }

        return int.TryParse(colonAndPort.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw HostingErrors.BadListenerPort(ShownText.Of(text), $"the port is '{colonAndPort[1..]}'; it is a number from 1 to 65535, or 0 for any free one");
    }

    private static ListenerUri ParseSystemd(string text, string address) => address.Length == 0
        ? new ListenerUri(text, ListenerScheme.Systemd)
        : throw HostingErrors.BadListenerHost(ShownText.Of(text), $"nothing stands after 'systemd:', but '{address}' was found; the addresses are in systemd's .socket unit");

    private static ListenerUri ParseUnix(string text, string address)
    {
        var path = ListenerQuery.Unescape(text, address);
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            // unix:///run/x.sock is the long form of unix:/run/x.sock; unix://run/x.sock would name a host 'run'.
            path = path.StartsWith("///", StringComparison.Ordinal)
                ? path[2..]
                : throw HostingErrors.BadSocketPath(ShownText.Of(text), $"'unix://' needs a third slash; write unix:{path[1..]}");
        }

        if (path.Length == 0 || path.EndsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
        {
            throw HostingErrors.BadSocketPath(ShownText.Of(text), "it does not name a file");
        }

        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= MaxSocketPathBytes
            ? new ListenerUri(text, ListenerScheme.Unix) { SocketPath = path }
            : throw HostingErrors.BadSocketPath(ShownText.Of(text), $"its path has {bytes} bytes, and the system allows {MaxSocketPathBytes}; choose a shorter one");
    }
}
