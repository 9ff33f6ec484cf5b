namespace Rowhouse.Configuration;

/// <summary>One <c>key = value</c> of an ini file.</summary>
/// <param name="Section">The name between the brackets above it.</param>
/// <param name="Key">The key as it was written.</param>
/// <param name="Value">The value without surrounding spaces and quotes.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="GoesOn">Whether this is a further line of the value above it.</param>
internal sealed record IniEntry(string Section, string Key, string Value, int Line, bool GoesOn = false)
{
    /// <summary>How many characters of white space stand before the key.</summary>
    public int Indent { get; init; }

    /// <summary>Whether an empty line stands between this line and the one of the value above it.</summary>
    public bool IsAfterBlank { get; init; }

    public override string ToString() => $"[{Section}] {ShownText.Of(Key)} = {ShownText.Of(Value)}";
}
