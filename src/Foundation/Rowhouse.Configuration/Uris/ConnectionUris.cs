using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Rowhouse.Configuration;

/// <summary>
/// One or more connection URIs, separated by white space (a comma may stand before it), of which each can take the place of the others.
/// <c>?order=random</c> or <c>?order=roundrobin</c> on the first says how one is chosen; without it they are tried in their order.
/// </summary>
[TypeConverter(typeof(ConnectionUriTypeConverter))]
[JsonConverter(typeof(ConnectionUrisJsonConverter))]
public sealed class ConnectionUris : IReadOnlyList<ConnectionUri>, IEquatable<ConnectionUris>, IParsable<ConnectionUris>
{
    internal const string OrderOption = "order";

    private const int MaxCount = 64;
    private const int MaxLength = 64 * 1024;

    private readonly ConnectionUri[] _uris;

    private ConnectionUris(ConnectionUri[] uris, ConnectionOrder order)
    {
        _uris = uris;
        Order = order;
    }

    /// <summary>How one is chosen.</summary>
    public ConnectionOrder Order { get; }

    /// <inheritdoc />
    public int Count => _uris.Length;

    /// <summary>The option of the first URI.</summary>
    internal static ConnectionOption OrderOfFirst { get; } =
        new(OrderOption, OptionKind.Word, "which URI of a list is taken; it stands on the first") { Words = ["failover", "random", "roundrobin"] };

    /// <inheritdoc />
    public ConnectionUri this[int index] => _uris[index];

    /// <summary>Reads a list.</summary>
    /// <param name="text">One or more URIs. A comma with no white space behind it separates the hosts of one.</param>
    /// <exception cref="RowhouseException">
    /// RH2301 to RH2305: one of the URIs is wrong (see <see cref="ConnectionUri.Parse"/>); RH2306: there is none, or there are too many.
    /// </exception>
    public static ConnectionUris Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw ConfigurationErrors.BadUriList($"it has {text.Length} characters, and at most {MaxLength} are read");
        }

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var uris = new List<ConnectionUri>();
        var order = ConnectionOrder.Failover;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = i < parts.Length - 1 && parts[i].EndsWith(',') ? parts[i][..^1] : parts[i];
            if (uris.Count == MaxCount)
            {
                throw ConfigurationErrors.BadUriList($"it names more than {MaxCount} URIs");
            }

            if (part.Length == 0)
            {
                continue;
            }

            uris.Add(ConnectionUriParser.Parse(part, mayHaveOrder: uris.Count == 0, out var written));
            order = written is null ? order : Enum.Parse<ConnectionOrder>(written, ignoreCase: true);
        }

        return uris.Count > 0 ? new ConnectionUris([.. uris], order) : throw ConfigurationErrors.BadUriList("it is empty");
    }

    /// <summary>Reads a list if <paramref name="text"/> is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out ConnectionUris uris)
    {
        try
        {
            uris = text is null ? null : Parse(text);
        }
        catch (RowhouseException)
        {
            uris = null;
        }

        return uris is not null;
    }

    static ConnectionUris IParsable<ConnectionUris>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ConnectionUris>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ConnectionUris result) => TryParse(s, out result);

    /// <summary>Whether both name the same connections in the same order.</summary>
    public static bool operator ==(ConnectionUris? left, ConnectionUris? right) => Equals(left, right);

    /// <summary>Whether they do not name the same connections in the same order.</summary>
    public static bool operator !=(ConnectionUris? left, ConnectionUris? right) => !Equals(left, right);

    /// <summary>The list with <c>***</c> in the place of each password: fit for logs and screens.</summary>
    public override string ToString() => Print(uri => uri.ToString());

    /// <summary>The whole list with its passwords. Never show, log or store it.</summary>
    public string ToSecretString() => Print(uri => uri.ToSecretString());

    /// <inheritdoc />
    public IEnumerator<ConnectionUri> GetEnumerator() => _uris.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _uris.GetEnumerator();

    /// <inheritdoc />
    public bool Equals(ConnectionUris? other) => other is not null && Order == other.Order && _uris.SequenceEqual(other._uris);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ConnectionUris);

    /// <inheritdoc />
    public override int GetHashCode() => _uris.Aggregate(Order.GetHashCode(), HashCode.Combine);

    private string Print(Func<ConnectionUri, string> print)
    {
        var first = print(_uris[0]);
        var head = Order == ConnectionOrder.Failover ? first : ConnectionUri.Append(first, $"{OrderOption}={OrderOfFirst.Words[(int)Order]}");
        return string.Join(' ', _uris.Skip(1).Select(print).Prepend(head));
    }
}
