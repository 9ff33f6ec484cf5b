using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Reads a file that holds one secret.</summary>
internal static class SecretFile
{
    // As much as systemd allows for all credentials of a unit is 1 MB; a secret is a line, or a key of a few KB.
    private const int MaxBytes = 64 * 1024;

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The secret without the line end behind it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayBeOpen">Whether the place is guarded in another way, so that the file's own mode says nothing.</param>
    /// <exception cref="RowhouseException">RH2203: the file cannot be read, or holds no text.</exception>
    public static FoundSecret Read(string path, bool mayBeOpen)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = length > MaxBytes ? throw ConfigurationErrors.BadSecretFile(path, $"it has more than {MaxBytes} bytes") : Utf8.GetString(bytes, 0, length);
            text = text.EndsWith('\n') ? text[..^1] : text;
            text = text.EndsWith('\r') ? text[..^1] : text;
            return text.Length == 0
                ? throw ConfigurationErrors.BadSecretFile(path, "it is empty")
                : new FoundSecret(text, !mayBeOpen && IsOpenToOthers(stream) ? $"every user of this machine can read the secret in '{path}'; run: chmod o-rwx '{path}'" : null);
        }
        catch (DecoderFallbackException)
        {
            throw ConfigurationErrors.BadSecretFile(path, "it is no text in the encoding UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationErrors.BadSecretFile(path, e.Message, e);
        }
    }

    /// <summary>Whether every user of the machine can read or write an open file.</summary>
    private static bool IsOpenToOthers(FileStream stream) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0;
}
