namespace Rowhouse.Configuration;

/// <summary>A part of the text of a URI that knows where in the whole it stands, so that an error can point at it.</summary>
internal readonly record struct UriPart(string Whole, int Start, int Length)
{
    public string Text => Whole.Substring(Start, Length);

    public UriPart Slice(int start, int length) => this with { Start = Start + start, Length = length };

    public UriPart From(int start) => Slice(start, Length - start);

    /// <summary>The text without percent-encoding.</summary>
    /// <exception cref="RowhouseException">RH2302: the encoding is broken.</exception>
    public string Unescape() => UriText.TryUnescape(Text, out var unescaped, out var offset, out var why)
        ? unescaped
        : throw Slice(offset, 1).Error(ConfigurationErrors.BadUriText, why);

    /// <summary>An error that shows the whole without its password and points at this part.</summary>
    public RowhouseException Error(Func<string, int, string, RowhouseException> create, string why) => create(ShownUri.Of(Whole), Start + 1, why);
}
