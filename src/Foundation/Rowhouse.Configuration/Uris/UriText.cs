using System.Globalization;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Percent-encoding (RFC 3986, section 2), strict both ways.</summary>
internal static class UriText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes the encoding off; on failure <paramref name="why"/> says what is wrong at <paramref name="offset"/>.</summary>
    public static bool TryUnescape(string text, out string unescaped, out int offset, out string why)
    {
        (unescaped, offset, why) = (text, 0, "");
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                (offset, why) = (i, "after a '%' two hexadecimal digits are expected; a percent sign itself is written %25");
                return false;
            }

            bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return TryDecode([.. bytes], text, out unescaped, out offset, out why);
    }

    /// <summary>Encodes everything but letters, digits and <c>-._~</c> and the characters in <paramref name="plain"/>.</summary>
    public static string Escape(string text, string plain)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var isPlain = rune.IsAscii
                ? char.IsAsciiLetterOrDigit((char)rune.Value) || "-._~".Contains((char)rune.Value, StringComparison.Ordinal) || plain.Contains((char)rune.Value, StringComparison.Ordinal)
                : Rune.IsLetterOrDigit(rune);
            if (isPlain)
            {
                result.Append(rune.ToString());
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return result.ToString();
    }

    private static bool TryDecode(byte[] bytes, string text, out string unescaped, out int offset, out string why)
    {
        (unescaped, offset, why) = ("", text.IndexOf('%', StringComparison.Ordinal), "");
        try
        {
            unescaped = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            why = "the bytes of its %-sequences are not UTF-8";
            return false;
        }

        if (unescaped.Any(char.IsControl))
        {
            why = "one of its %-sequences stands for a control character";
        }

        return why.Length == 0;
    }
}
