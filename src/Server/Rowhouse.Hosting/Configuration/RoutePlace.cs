using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rowhouse.Hosting;

/// <summary>The left side of a route: <c>shop.example.com</c>, <c>*.example.com/blog</c>, <c>/old/path</c>, <c>/</c>.</summary>
/// <param name="Host">Lower case, in ASCII (punycode); null: any host.</param>
/// <param name="PathPrefix">Without a slash at its end; empty: the root.</param>
internal sealed record RoutePlace(string? Host, string PathPrefix)
{
    private const int MaxPrefixLength = 256;

    // RFC 1035, section 2.3.4.
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    public static bool TryParse(string text, [NotNullWhen(true)] out RoutePlace? place, out string error)
    {
        place = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        var path = slash < 0 ? "" : text[slash..].TrimEnd('/');
        error = text.Contains("://", StringComparison.Ordinal) ? "a route has no scheme; write HOST = APP or HOST/PATH = APP"
            : FindPathError(path) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        if (host.Length == 0)
        {
            place = new RoutePlace(null, path);
            return true;
        }

        error = FindHostError(host, out var ascii) ?? "";
        place = error.Length == 0 ? new RoutePlace(ascii, path) : null;
        return place is not null;
    }

    private static string? FindPathError(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        if (path.Length > MaxPrefixLength)
        {
            return $"the path has {path.Length} characters, and {MaxPrefixLength} are allowed";
        }

        if (path.Contains('*', StringComparison.Ordinal))
        {
            return "a path has no '*'; it covers everything below it anyway";
        }

        if (path.Any(c => c is '%' or '?' or '#' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return "a path is written decoded, without '%', '?', '#', '\\' and spaces";
        }

        var segments = path[1..].Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            return "a path has no empty segment and neither '.' nor '..'";
        }

        return segments[0].Equals(ReservedPath.Segment, StringComparison.OrdinalIgnoreCase) ? $"/{ReservedPath.Segment} is reserved for the server itself" : null;
    }

    private static string? FindHostError(string host, out string ascii)
    {
        ascii = "";
        if (host is "*" or "*.")
        {
            return "for any host leave the host out and begin with '/'";
        }

        if (host[0] == '[')
        {
            return FindAddressError(host, out ascii);
        }

        if (host.Contains(':', StringComparison.Ordinal))
        {
            return $"a route names no port, only a host: write '{host[..host.IndexOf(':', StringComparison.Ordinal)]}'; the ports are those of 'listen' in [server]";
        }

        var wildcard = host.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";
        try
        {
            ascii = wildcard + Idn.GetAscii(host[wildcard.Length..].TrimEnd('.')).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "this is not a host name";
        }

        var isName = ascii.Length <= MaxHostLength && ascii[wildcard.Length..].Split('.').All(IsLabel);
        return isName ? null : "expected a host name such as shop.example.com, or *.example.com for all below example.com";
    }

    private static string? FindAddressError(string host, out string ascii)
    {
        ascii = "";
        if (host[^1] != ']')
        {
            return "a route names no port, only a host: write '[::1]', not '[::1]:80'; the ports are those of 'listen' in [server]";
        }

        if (!IPAddress.TryParse(host[1..^1], out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return "between brackets an IPv6 address is expected";
        }

        ascii = $"[{address}]";
        return null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && label[0] != '-' && label[^1] != '-';
}
