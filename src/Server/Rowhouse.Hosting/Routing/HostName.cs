namespace Rowhouse.Hosting;

/// <summary>The name in a Host header.</summary>
internal static class HostName
{
    // RFC 1035, section 2.3.4. A longer one is no name, and looking for wildcards in it would cost time by its square.
    public const int MaxLength = 253;

    /// <summary>The name without the port and without the dot that may end it; empty if there is none.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> header)
    {
        // Between brackets stands an IPv6 address, whose colons begin no port.
        var end = header is ['[', ..] ? header.IndexOf(']') + 1 : header.IndexOf(':');
        var name = end < 0 ? header : header[..end];
        name = name is [.., '.'] ? name[..^1] : name;
        return name.Length <= MaxLength ? name : [];
    }
}
