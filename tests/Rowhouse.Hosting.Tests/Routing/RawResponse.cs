using System.Globalization;

namespace Rowhouse.Hosting.Tests;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawResponse(int Status, string Head, string Body)
{
    private const string EndOfHead = "\r\n\r\n";
    private const string EndOfLine = "\r\n";

    public static RawResponse Parse(string text)
    {
        var end = text.IndexOf(EndOfHead, StringComparison.Ordinal);
        Assert.True(end > 0 && text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), $"No HTTP response: '{text}'");
        var (head, body) = (text[..end], text[(end + EndOfHead.Length)..]);
        var isChunked = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return new RawResponse(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, isChunked ? Join(body) : body);
    }

    // RFC 9112, section 7.1; the answers of these tests are ASCII, so that characters are bytes.
    private static string Join(string chunks)
    {
        var whole = "";
        while (chunks.IndexOf(EndOfLine, StringComparison.Ordinal) is var line and > 0)
        {
            var start = line + EndOfLine.Length;
            var length = int.Parse(chunks.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            whole += chunks.Substring(start, length);
            chunks = chunks[(start + length + EndOfLine.Length)..];
        }

        return whole;
    }
}
