using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Rowhouse.Configuration;

/// <summary>
/// The name of a place that keeps data, such as <c>postgres://user:pw@host:5432/db?pool=20</c>, <c>sqlite:shop.sqlite</c> or <c>memory:</c>:
/// checked, and never changed. docs/reference/connection-uris.md has the grammar, the schemes and their options.
/// </summary>
/// <remarks>
/// Two of them are equal if they mean the same connection: it makes no difference in which order options stand, whether the usual port is
/// written, or which alias of a scheme is used. So a URI is a good key of a table of connections.
/// </remarks>
[TypeConverter(typeof(ConnectionUriTypeConverter))]
[JsonConverter(typeof(ConnectionUriJsonConverter))]
public sealed class ConnectionUri : IEquatable<ConnectionUri>, IParsable<ConnectionUri>
{
    // What may stand there bare. An '@', ':' or '/' would be read as the end of a part, a ',' as the end of a host or of a URI.
    private const string PlainInUser = "!$'()*;";
    private const string PlainInPath = "!$'()*;:=@/";
    private const string PlainInName = "!$'()*;:=";

    private readonly ConnectionScheme _scheme;
    private readonly KeyValuePair<string, string>[] _options;
    private readonly string _identity;

    internal ConnectionUri(UriParts parts, IReadOnlyList<ConnectionHost> hosts)
    {
        _scheme = parts.Scheme;
        _options = [.. parts.Options];
        UserName = parts.UserName;
        Password = parts.Password;
        Hosts = hosts;
        Path = parts.Path;
        _identity = Print(Password is null ? null : UriText.Escape(Password, PlainInUser), withPort: true, _options.OrderBy(option => option.Key, StringComparer.Ordinal));
    }

    /// <summary>What kind of place it is: file, sqlite, postgres, mysql, mssql, redis, rediss, memcached, memory or cookie. Never an alias.</summary>
    public string Scheme => _scheme.Name;

    /// <summary>The user, without percent-encoding; null if none is named.</summary>
    public string? UserName { get; }

    /// <summary>The password, without percent-encoding; null if there is none. It is a secret.</summary>
    public string? Password { get; }

    /// <summary>The servers, at least one if the scheme has any and no unix socket is named; else empty.</summary>
    public IReadOnlyList<ConnectionHost> Hosts { get; }

    /// <summary>
    /// The database, the file, the folder or the number of the Redis database, without percent-encoding and without the slash before it;
    /// null if none is named. A file or folder that does not begin with a slash lies in the app's data folder.
    /// </summary>
    public string? Path { get; }

    /// <summary>The options as they were written, without percent-encoding. <c>order</c>, which is one of a list, is not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options => _options;

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The URI, percent-encoded where it must be.</param>
    /// <exception cref="RowhouseException">
    /// RH2301: there is no such scheme; RH2302: a character or an encoding; RH2303: user, host or port; RH2304: the path; RH2305: an option.
    /// The message points at the wrong part and holds no password.
    /// </exception>
    public static ConnectionUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ConnectionUriParser.Parse(text, mayHaveOrder: false, out _);
    }

    /// <summary>Reads a URI if <paramref name="text"/> is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out ConnectionUri uri)
    {
        try
        {
            uri = text is null ? null : Parse(text);
        }
        catch (RowhouseException)
        {
            uri = null;
        }

        return uri is not null;
    }

    static ConnectionUri IParsable<ConnectionUri>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ConnectionUri>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ConnectionUri result) => TryParse(s, out result);

    /// <summary>Whether both mean the same connection.</summary>
    public static bool operator ==(ConnectionUri? left, ConnectionUri? right) => Equals(left, right);

    /// <summary>Whether they do not mean the same connection.</summary>
    public static bool operator !=(ConnectionUri? left, ConnectionUri? right) => !Equals(left, right);

    /// <summary>The value of an option as it was written, without percent-encoding; null if it is not given.</summary>
    /// <param name="name">The name of the option.</param>
    /// <exception cref="ArgumentException">The scheme has no such option.</exception>
    public string? FindOption(string name) => Find(name, kind: null);

    /// <summary>The value of an option that is a number; null if it is not given.</summary>
    /// <param name="name">The name of the option, for example <c>pool</c>.</param>
    /// <exception cref="ArgumentException">The scheme has no such option, or it is no number.</exception>
    public int? FindNumber(string name) => Find(name, OptionKind.Number) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The value of an option that is a time; null if it is not given.</summary>
    /// <param name="name">The name of the option, for example <c>timeout</c>.</param>
    /// <exception cref="ArgumentException">The scheme has no such option, or it is no time.</exception>
    public TimeSpan? FindDuration(string name) => Find(name, OptionKind.Duration) is { } text && DurationText.TryParse(text, out var duration) ? duration : null;

    /// <summary>The value in bytes of an option that is a size; null if it is not given.</summary>
    /// <param name="name">The name of the option, for example <c>max</c>.</param>
    /// <exception cref="ArgumentException">The scheme has no such option, or it is no size.</exception>
    public long? FindSize(string name) => Find(name, OptionKind.Size) is { } text && SizeText.TryParse(text, out var bytes) ? bytes : null;

    /// <summary>The URI with <c>***</c> in the place of its password: fit for logs and screens.</summary>
    public override string ToString() => Print(Password is null ? null : "***", withPort: false, _options);

    /// <summary>The whole URI with its password. Never show, log or store it.</summary>
    public string ToSecretString() => Print(Password is null ? null : UriText.Escape(Password, PlainInUser), withPort: false, _options);

    /// <inheritdoc />
    public bool Equals(ConnectionUri? other) => other is not null && _identity == other._identity;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ConnectionUri);

    /// <inheritdoc />
    public override int GetHashCode() => _identity.GetHashCode(StringComparison.Ordinal);

    /// <summary>Puts options to the end of a printed URI.</summary>
    internal static string Append(string printed, string option) =>
        $"{printed}{(printed.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{option}";

    private string? Find(string name, OptionKind? kind)
    {
        var option = _scheme.FindOption(name);
        if (option is null || (kind is not null && option.Kind != kind))
        {
            throw new ArgumentException($"{Scheme} has no option '{name}'{(kind is null ? "" : $" of the kind {kind}")}.", nameof(name));
        }

        return Array.Find(_options, given => given.Key == name).Value;
    }

    private string Print(string? password, bool withPort, IEnumerable<KeyValuePair<string, string>> options)
    {
        var text = new StringBuilder(Scheme).Append(':');
        if (_scheme.HasHosts)
        {
            text.Append("//");
            if (UserName is not null || password is not null)
            {
                text.Append(UriText.Escape(UserName ?? "", PlainInUser)).Append(password is null ? "" : $":{password}").Append('@');
            }

            text.AppendJoin(',', Hosts.Select(host => host.Print(withPort || host.IsPortWritten)));
            text.Append(Path is null ? "" : "/").Append(UriText.Escape(Path ?? "", PlainInName));
        }
        else
        {
            text.Append(UriText.Escape(Path ?? "", PlainInPath));
        }

        // In a path '@' is harmless only where there are no hosts; in options likewise.
        var plain = _scheme.HasHosts ? PlainInName + "/" : PlainInPath;
        var separator = '?';
        foreach (var (name, value) in options)
        {
            text.Append(separator).Append(name).Append('=').Append(UriText.Escape(value, plain));
            separator = '&';
        }

        return text.ToString();
    }
}
