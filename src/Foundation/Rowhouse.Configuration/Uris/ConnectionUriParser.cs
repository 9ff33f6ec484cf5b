using System.Globalization;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Reads connection URIs. Any text gives either a URI or a <see cref="RowhouseException"/>.</summary>
internal static class ConnectionUriParser
{
    // No real one comes near; it bounds the work on hostile texts.
    private const int MaxLength = 8192;

    public static ConnectionUri Parse(string text, bool mayHaveOrder, out string? order)
    {
        var whole = new UriPart(text, 0, text.Length);
        CheckCharacters(whole);
        var (scheme, rest) = ParseScheme(whole);
        var question = rest.Text.IndexOf('?', StringComparison.Ordinal);
        var address = question < 0 ? rest : rest.Slice(0, question);
        var query = question < 0 ? rest.From(rest.Length) : rest.From(question + 1);
        var parsed = scheme.HasHosts ? ParseAddress(scheme, address, query) : ParsePath(scheme, address);
        CheckCommas(query);
        var options = UriOptionsParser.Parse(query, scheme, mayHaveOrder);
        order = options.Find(option => option.Key == ConnectionUris.OrderOption).Value;
        options.RemoveAll(option => option.Key == ConnectionUris.OrderOption);
        return Complete(address, parsed with { Options = options });
    }

    private static void CheckCharacters(UriPart whole)
    {
        if (whole.Length > MaxLength)
        {
            throw whole.Slice(MaxLength, 1).Error(ConfigurationErrors.BadUriText, $"the text has {whole.Length} characters, and at most {MaxLength} are read");
        }

        var position = 0;
        foreach (var rune in whole.Text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                throw whole.Slice(position, 1).Error(ConfigurationErrors.BadUriText, $"the character U+{rune.Value:X4} cannot stand here; a space is written %20");
            }

            if (rune.Value == '#')
            {
                throw whole.Slice(position, 1).Error(ConfigurationErrors.BadUriText, "a '#' cannot stand here; in a password or a name it is written %23");
            }

            position += rune.Utf16SequenceLength;
        }
    }

    private static (ConnectionScheme Scheme, UriPart AfterColon) ParseScheme(UriPart whole)
    {
        var colon = whole.Text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : whole.Text[..colon];
        if (ConnectionScheme.Find(name) is { } scheme)
        {
            return (scheme, whole.From(colon + 1));
        }

        var names = ConnectionScheme.All.Select(known => known.Name).ToList();
        var isName = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
        throw whole.Error(
            ConfigurationErrors.UnknownUriScheme,
            $"{(isName ? $"there is no scheme '{ShownText.Of(name)}'{Spelling.Suggest(name, names)}" : "it does not begin with a scheme and ':'")}; there are: {string.Join(", ", names)}");
    }

    private static UriParts ParsePath(ConnectionScheme scheme, UriPart address)
    {
        var text = address.Text;
        if (text.StartsWith("//", StringComparison.Ordinal) && !text.StartsWith("///", StringComparison.Ordinal))
        {
            throw address.Error(ConfigurationErrors.BadUriHost, $"{scheme.Name} has no host; write {scheme.Example}");
        }

        CheckCommas(address);
        var path = address.Unescape();
        if (scheme.Path == PathKind.None)
        {
            return path.Length == 0 ? new UriParts(scheme) : throw address.Error(ConfigurationErrors.BadUriPath, $"nothing stands between '{scheme.Name}:' and the options");
        }

        // file:///srv/x is the long form of file:/srv/x.
        path = path.StartsWith('/') ? "/" + path.TrimStart('/') : path;
        if (path.Split('/', '\\').Contains(".."))
        {
            throw address.Error(ConfigurationErrors.BadUriPath, "'..' would lead out of the app's data folder; write the whole path, from '/' on");
        }

        return scheme.Path == PathKind.File && (path.Length == 0 || path.EndsWith('/'))
            ? throw address.Error(ConfigurationErrors.BadUriPath, $"no file is named; write for example {scheme.Example}")
            : new UriParts(scheme) { Path = path.Length == 0 ? null : path };
    }

    private static UriParts ParseAddress(ConnectionScheme scheme, UriPart address, UriPart query)
    {
        if (!address.Text.StartsWith("//", StringComparison.Ordinal))
        {
            throw address.Error(ConfigurationErrors.BadUriHost, $"after '{scheme.Name}:' stands no '//'; write for example {scheme.Example}");
        }

        var slash = address.Text.IndexOf('/', 2);
        var authority = address.Slice(2, (slash < 0 ? address.Length : slash) - 2);
        foreach (var later in new[] { address.From(2 + authority.Length), query })
        {
            if (later.Text.IndexOf('@', StringComparison.Ordinal) is var stray and >= 0)
            {
                throw later.Slice(stray, 1).Error(
                    ConfigurationErrors.BadUriHost,
                    "this '@' comes after a '/' or '?'; in a password these are written %2F and %3F, and an '@' that belongs here is written %40");
            }
        }

        var at = authority.Text.LastIndexOf('@');
        var (user, password) = at < 0 ? default : UriHostsParser.ParseUser(scheme, authority.Slice(0, at));
        return new UriParts(scheme)
        {
            UserName = user,
            Password = password,
            Authority = authority.From(at + 1),
            Path = slash < 0 ? null : ParseName(scheme, address.From(slash + 1)),
        };
    }

    private static string? ParseName(ConnectionScheme scheme, UriPart path)
    {
        CheckCommas(path);
        var name = path.Unescape();
        if (name.Length == 0)
        {
            return null;
        }

        if (scheme.Path == PathKind.None)
        {
            throw path.Error(ConfigurationErrors.BadUriPath, $"{scheme.Name} has no path; only options come after the hosts");
        }

        if (path.Text.Contains('/', StringComparison.Ordinal))
        {
            throw path.Error(ConfigurationErrors.BadUriPath, $"after the host stands {(scheme.Path == PathKind.Number ? "the number" : "the name")} of one database; a '/' in a name is written %2F");
        }

        // Redis takes 16 databases by default, and any number by configuration.
        return scheme.Path == PathKind.Number && !(ushort.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && name == number.ToString(CultureInfo.InvariantCulture))
            ? throw path.Error(ConfigurationErrors.BadUriPath, $"'{ShownText.Of(name)}' is not the number of a database: 0, 1, 2 …")
            : name;
    }

    // One of a list whose white space was forgotten would become a part of a name.
    private static void CheckCommas(UriPart part)
    {
        if (part.Text.IndexOf(',', StringComparison.Ordinal) is var comma and >= 0)
        {
            throw part.Slice(comma, 1).Error(ConfigurationErrors.BadUriText, "a ',' cannot stand here: the URIs of a list are separated by spaces, and in a name it is written %2C");
        }
    }

    // Which hosts may stand there, and their usual port, hangs on the options.
    private static ConnectionUri Complete(UriPart address, UriParts parts)
    {
        if (!parts.Scheme.HasHosts)
        {
            return new ConnectionUri(parts, []);
        }

        var port = parts.Options.Exists(option => option.Key == ConnectionSchemes.Sentinel) ? ConnectionSchemes.SentinelPort : parts.Scheme.DefaultPort;
        var hosts = UriHostsParser.ParseHosts(parts.Scheme, parts.Authority, port);
        var socket = parts.Scheme.SocketOption;
        var hasSocket = parts.Options.Exists(option => option.Key == socket);
        if (hosts.Count == 0 && !hasSocket)
        {
            throw parts.Authority.Error(
                ConfigurationErrors.BadUriHost,
                $"no host is named; write for example {parts.Scheme.Example}{(socket is null ? "" : $", or name a unix socket with the option {socket}=PATH")}");
        }

        return hosts.Count > 0 && hasSocket
            ? throw address.Error(ConfigurationErrors.BadUriHost, $"the URI names a host and, with the option '{socket}', a unix socket; leave one of the two out")
            : new ConnectionUri(parts, hosts);
    }
}
