using System.Globalization;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>The options of a listener URI: what stands after the question mark.</summary>
internal sealed class ListenerQuery
{
    private const UnixFileMode EveryBit = (UnixFileMode)0b111_111_111;

    private static readonly string[] TlsNames = ["cert", "key", "password-file", "protocols"];
    private static readonly string[] HttpNames = ["protocols"];
    private static readonly string[] UnixNames = ["mode", "group", "protocols"];

    private static readonly (string Name, ListenerProtocols Value)[] ProtocolSets =
    [
        ("http1", ListenerProtocols.Http1),
        ("h2", ListenerProtocols.Http2),
        ("http1+h2", ListenerProtocols.Http1 | ListenerProtocols.Http2),
        ("http1+h2+h3", ListenerProtocols.Http1 | ListenerProtocols.Http2 | ListenerProtocols.Http3),
    ];

    private readonly Dictionary<string, string> _values = [];
    private readonly string _shown;

    private ListenerQuery(string text)
    {
        _shown = ShownText.Of(text);
    }

    public static ListenerQuery Parse(string text, ListenerScheme scheme, string query)
    {
        var result = new ListenerQuery(text);
        var allowed = AllowedFor(scheme);
        foreach (var option in query.Length == 0 ? [] : query.Split('&'))
        {
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? option : option[..equals];
            if (name.Equals("password", StringComparison.OrdinalIgnoreCase))
            {
                throw HostingErrors.PasswordInListener("'password='");
            }

            if (!allowed.Contains(name, StringComparer.Ordinal))
            {
                throw HostingErrors.BadListenerOption(
                    result._shown,
                    $"there is no option '{ShownText.Of(name)}' here{Spelling.Suggest(name, allowed)}; allowed are {string.Join(", ", allowed)}");
            }

            var value = Unescape(text, equals < 0 ? "" : option[(equals + 1)..]);
            if (value.Length == 0)
            {
                throw HostingErrors.BadListenerOption(result._shown, $"the option '{name}' has no value; write {name}=VALUE");
            }

            if (!result._values.TryAdd(name, value))
            {
                throw HostingErrors.BadListenerOption(result._shown, $"the option '{name}' stands there twice");
            }
        }

        return result;
    }

    public ListenerUri AddTo(ListenerUri listener)
    {
        var certificate = _values.GetValueOrDefault("cert");
        CheckTls(listener.Scheme, certificate);
        return listener with
        {
            CertificateFile = certificate,
            KeyFile = _values.GetValueOrDefault("key"),
            PasswordFile = _values.GetValueOrDefault("password-file"),
            Mode = _values.TryGetValue("mode", out var mode) ? ParseMode(mode) : ListenerUri.DefaultMode,
            Group = _values.GetValueOrDefault("group"),
            Protocols = ParseProtocols(listener.Scheme, certificate is not null),
        };
    }

    public static bool IsPfx(string file) =>
        file.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".p12", StringComparison.OrdinalIgnoreCase);

    public static ListenerProtocols DefaultProtocols(bool isTls) =>
        isTls ? ListenerProtocols.Http1 | ListenerProtocols.Http2 : ListenerProtocols.Http1;

    public static string Print(ListenerProtocols protocols) => ProtocolSets.First(set => set.Value == protocols).Name;

    public static string Unescape(string text, string value)
    {
        for (var i = value.IndexOf('%', StringComparison.Ordinal); i >= 0; i = value.IndexOf('%', i + 1))
        {
            if (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2]))
            {
                throw HostingErrors.BadListenerText(ShownText.Of(text), "after a '%' two hexadecimal digits are expected; write a percent sign itself as %25");
            }
        }

        var unescaped = Uri.UnescapeDataString(value);
        return unescaped.Any(char.IsControl)
            ? throw HostingErrors.BadListenerText(ShownText.Of(text), "one of its %-sequences stands for a control character")
            : unescaped;
    }

    public static string Escape(string value)
    {
        var result = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            // What separates parts of a URI and URIs of a list; everything else stays readable.
            if (c is '%' or '?' or '&' or '#' or ',' || char.IsWhiteSpace(c) || c == '\uFFFD')
            {
                foreach (var b in Encoding.UTF8.GetBytes([c]))
                {
                    result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                }
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static string[] AllowedFor(ListenerScheme scheme) => scheme switch
    {
        ListenerScheme.Http => HttpNames,
        ListenerScheme.Unix => UnixNames,
        _ => TlsNames,
    };

    private void CheckTls(ListenerScheme scheme, string? certificate)
    {
        var hasKey = _values.ContainsKey("key");
        if (certificate is null && (scheme == ListenerScheme.Https || hasKey || _values.ContainsKey("password-file")))
        {
            throw HostingErrors.BadListenerCertificate(_shown, "there is no certificate: add cert=FILE.pem&key=FILE.pem, or cert=FILE.pfx&password-file=FILE");
        }

        if (certificate is not null && hasKey == IsPfx(certificate))
        {
            throw HostingErrors.BadListenerCertificate(
                _shown,
                hasKey ? $"'{certificate}' holds its key itself: leave out key=" : $"the key of '{certificate}' is missing: add key=FILE (the same file if it holds both)");
        }
    }

    private UnixFileMode ParseMode(string mode)
    {
        var digits = mode.Length == 4 && mode[0] == '0' ? mode[1..] : mode;
        if (digits.Length != 3 || digits.Any(c => c is < '0' or > '7'))
        {
            throw HostingErrors.BadListenerOption(_shown, $"mode is '{mode}'; it has three octal digits, for example 660");
        }

        return (UnixFileMode)Convert.ToInt32(digits, 8) & EveryBit;
    }

    private ListenerProtocols ParseProtocols(ListenerScheme scheme, bool isTls)
    {
        if (!_values.TryGetValue("protocols", out var name))
        {
            return DefaultProtocols(isTls);
        }

        // QUIC needs a UDP socket, and systemd hands over TCP ones.
        var allowed = ProtocolSets
            .Where(set => isTls || int.PopCount((int)set.Value) == 1)
            .Where(set => scheme == ListenerScheme.Https || !set.Value.HasFlag(ListenerProtocols.Http3))
            .Select(set => set.Name)
            .ToArray();
        if (!allowed.Contains(name, StringComparer.Ordinal))
        {
            var why = !isTls && ProtocolSets.Any(set => set.Name == name)
                ? ", because without TLS a client cannot say which one it speaks; open one listener for each"
                : Spelling.Suggest(name, allowed);
            throw HostingErrors.BadListenerOption(_shown, $"protocols is '{ShownText.Of(name)}'; allowed here: {string.Join(", ", allowed)}{why}");
        }

        return ProtocolSets.First(set => set.Name == name).Value;
    }
}
