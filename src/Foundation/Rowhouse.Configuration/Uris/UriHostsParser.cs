using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rowhouse.Configuration;

/// <summary>Reads user, password and hosts of a connection URI.</summary>
internal static class UriHostsParser
{
    // RFC 1035, section 2.3.4.
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    public static (string? UserName, string? Password) ParseUser(ConnectionScheme scheme, UriPart part)
    {
        var colon = part.Text.IndexOf(':', StringComparison.Ordinal);
        var user = part.Slice(0, colon < 0 ? part.Length : colon).Unescape();
        var password = colon < 0 ? null : part.From(colon + 1).Unescape();
        if (part.Length > 0 && !scheme.HasUser)
        {
            throw part.Error(ConfigurationErrors.BadUriHost, $"{scheme.Name} knows neither user nor password");
        }

        if (scheme.Path == PathKind.Number && user.Length > 0 && password is null)
        {
            throw part.Error(ConfigurationErrors.BadUriHost, $"there is a user without a password; a password alone is written {scheme.Name}://:PASSWORD@HOST");
        }

        return (user.Length == 0 ? null : user, password);
    }

    public static List<ConnectionHost> ParseHosts(ConnectionScheme scheme, UriPart authority, int defaultPort)
    {
        var hosts = new List<ConnectionHost>();
        var position = 0;
        foreach (var text in authority.Length == 0 ? [] : authority.Text.Split(','))
        {
            var part = authority.Slice(position, text.Length);
            position += text.Length + 1;
            hosts.Add(ParseHost(part, defaultPort));
            if (hosts.Count > scheme.MaxHosts)
            {
                throw part.Error(ConfigurationErrors.BadUriHost, scheme.MaxHosts == 1 ? $"{scheme.Name} takes one host" : $"at most {scheme.MaxHosts} hosts may be named");
            }
        }

        return hosts;
    }

    private static ConnectionHost ParseHost(UriPart part, int defaultPort)
    {
        var text = part.Text;
        var nameEnd = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        nameEnd = nameEnd < 0 ? text.Length : nameEnd;
        var name = text.StartsWith('[') ? ParseAddress(part, nameEnd) : ParseName(part.Slice(0, nameEnd));
        return nameEnd == text.Length
            ? new ConnectionHost(name, defaultPort, isPortWritten: false)
            : new ConnectionHost(name, ParsePort(part.From(nameEnd)), isPortWritten: true);
    }

    private static string ParseAddress(UriPart part, int end)
    {
        if (end > 0 && !part.Text.Contains('%', StringComparison.Ordinal)
            && IPAddress.TryParse(part.Text.AsSpan(1, end - 2), out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        throw part.Error(ConfigurationErrors.BadUriHost, "what stands in brackets is not an IPv6 address such as [::1] (one without a zone)");
    }

    private static string ParseName(UriPart part)
    {
        var name = part.Text.ToLowerInvariant();
        var isName = name.Length is > 0 and <= MaxNameLength
            && name.Split('.').All(label => label.Length is > 0 and <= MaxLabelLength && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        return isName
            ? name
            : throw part.Error(
                ConfigurationErrors.BadUriHost,
                part.Length == 0
                    ? "a host is missing here"
                    : "this is not the name of a host: letters, digits, '-', '_' and '.' (other names in their form xn--…), an IPv4 address, or an IPv6 address in brackets");
    }

    // What stands here is shown only if it is a number: it may be a password whose '@' was forgotten.
    private static int ParsePort(UriPart part)
    {
        var digits = part.Text.StartsWith(':') ? part.Text[1..] : "";
        if (digits.Length is > 0 and <= 9 && digits.All(char.IsAsciiDigit))
        {
            var port = int.Parse(digits, CultureInfo.InvariantCulture);
            return port is > 0 and <= 65535 ? port : throw part.Error(ConfigurationErrors.BadUriHost, $"the port {port} is not a number from 1 to 65535");
        }

        throw part.Error(ConfigurationErrors.BadUriHost, "here ':' and a port from 1 to 65535 are expected; if a password was meant, an '@' must follow it: USER:PASSWORD@HOST");
    }
}
