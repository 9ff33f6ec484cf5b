using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Reads the text of a configuration file: UTF-8, with or without a byte order mark, and not without bounds.</summary>
internal static class ConfigText
{
    // Far above what anybody writes by hand; a larger file is another file under this name.
    private const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of <paramref name="file"/>; null if it does not exist, or cannot be read (then there is a problem).</summary>
    public static string? Read(string file, ConfigProblems problems)
    {
        try
        {
            using var stream = File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
            if (stream is null)
            {
                return null;
            }

            if (stream.Length > MaxBytes)
            {
                problems.Add(1, $"the file has {stream.Length} bytes; at most {MaxBytes} are read");
                return null;
            }

            var bytes = new byte[stream.Length];
            return Decode(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(1, $"the file cannot be read: {e.Message}");
            return null;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, ConfigProblems problems)
    {
        try
        {
            return Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..e.Index].Count((byte)'\n') + 1;
            problems.Add(line, $"the byte 0x{e.BytesUnknown?[0]:X2} is not UTF-8; save the file in the encoding UTF-8");
            return null;
        }
    }
}
