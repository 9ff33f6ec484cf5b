using System.Globalization;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>
/// Where requests come in: <c>http://HOST:PORT</c>, <c>https://HOST:PORT?cert=FILE&amp;key=FILE</c>, <c>unix:/path.sock</c>, <c>systemd:</c>.
/// Two are equal if they say the same, however they are spelled.
/// </summary>
public sealed record ListenerUri
{
    /// <summary>The mode of a unix socket unless told otherwise: only the server's own user may connect.</summary>
    public const UnixFileMode DefaultMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal ListenerUri(string text, ListenerScheme scheme)
    {
        Text = text;
        Scheme = scheme;
    }

    /// <summary>The URI as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>What kind of door this is.</summary>
    public ListenerScheme Scheme { get; }

    /// <summary>The IP address without brackets, <c>localhost</c>, or <c>*</c> for every address of the machine; empty for other schemes than http and https.</summary>
    public string Host { get; internal init; } = "";

    /// <summary>The port, 0 for any free one. The default is 80 for http and 443 for https.</summary>
    public int Port { get; internal init; }

    /// <summary>The versions of HTTP spoken (<c>protocols=</c>). The default is HTTP/1.1, with TLS also HTTP/2.</summary>
    public ListenerProtocols Protocols { get; internal init; }

    /// <summary>The certificate with its chain (PEM), or certificate, chain and key in one (<c>.pfx</c>, <c>.p12</c>); relative to the root. Null: no TLS.</summary>
    public string? CertificateFile { get; internal init; }

    /// <summary>The certificate's private key (PEM); relative to the root.</summary>
    public string? KeyFile { get; internal init; }

    /// <summary>The file whose first line is the password of the key or of the <c>.pfx</c>; relative to the root.</summary>
    public string? PasswordFile { get; internal init; }

    /// <summary>The path of a unix socket; relative to the root. Null for other schemes.</summary>
    public string? SocketPath { get; internal init; }

    /// <summary>Who may connect to a unix socket (<c>mode=660</c>). The default is <see cref="DefaultMode"/>.</summary>
    public UnixFileMode Mode { get; internal init; } = DefaultMode;

    /// <summary>The group that owns a unix socket (<c>group=www-data</c>); null: the server's own.</summary>
    public string? Group { get; internal init; }

    /// <summary>Reads a listener's URI.</summary>
    /// <exception cref="RowhouseException">RH1401 to RH1409: what is wrong with it.</exception>
    public static ListenerUri Parse(string text) => ListenerUriParser.Parse(text);

    /// <summary>The URI in its normal spelling; parsing that gives an equal listener.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Address);
        var separator = '?';
        Add("cert", CertificateFile);
        Add("key", KeyFile);
        Add("password-file", PasswordFile);
        Add("mode", Mode == DefaultMode ? null : Convert.ToString((int)Mode, 8));
        Add("group", Group);
        Add("protocols", Protocols == ListenerQuery.DefaultProtocols(CertificateFile is not null) ? null : ListenerQuery.Print(Protocols));
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(separator).Append(name).Append('=').Append(ListenerQuery.Escape(value));
                separator = '&';
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(ListenerUri? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The URI in its normal spelling without its options.</summary>
    internal string Address => Scheme switch
    {
        ListenerScheme.Unix => "unix:" + ListenerQuery.Escape(SocketPath!),
        ListenerScheme.Systemd => "systemd:",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(Scheme == ListenerScheme.Http ? "http" : "https")}://{BracketedHost}:{Port}"),
    };

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
}
