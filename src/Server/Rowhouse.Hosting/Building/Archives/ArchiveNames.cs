using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rowhouse.Hosting;

/// <summary>Which names of entries are safe on every system, and which files belong into an archive.</summary>
internal static partial class ArchiveNames
{
    /// <summary>
    /// The longest name of an entry in UTF-8. One segment may have 255 bytes on Linux, and the whole path 260 characters on Windows.
    /// </summary>
    public const int MaxBytes = 240;

    private const int ShownCharacters = 120;
    private static readonly string[] LeftOutFolders = ["private", "data", "bin", "obj"];
    private static readonly string[] LeftOutFiles = [AppFolder.DisabledFile, "rowhouse.ini"];

    /// <summary>What is unsafe about a file's name, as the end of a sentence about it, or null.</summary>
    public static string? FindFault(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return $"has a name longer than {MaxBytes} bytes";
        }

        if (name.StartsWith('/'))
        {
            return "has an absolute path";
        }

        foreach (var c in name)
        {
            if (char.IsControl(c))
            {
                return string.Create(CultureInfo.InvariantCulture, $"has the control character U+{(int)c:X4} in its name");
            }

            // The backslash separates folders on Windows; the colon makes drive letters and alternate streams there.
            if ("\\:<>\"|?*".Contains(c, StringComparison.Ordinal))
            {
                return $"has the character {c} in its name, which means something else on Windows";
            }
        }

        return name.Split('/').Select(FindSegmentFault).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Why a file or folder does not belong into an archive, as the end of a sentence about it, or null.</summary>
    public static string? FindReasonToLeaveOut(string name)
    {
        var segments = name.Split('/');
        if (LeftOutFolders.Contains(segments[0], StringComparer.OrdinalIgnoreCase))
        {
            return $"'{segments[0]}' stays where the app was built or runs";
        }

        if (segments.Length == 1 && LeftOutFiles.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return "it belongs to the server, not to the app";
        }

        // RFC 8615: files such as wwwroot/.well-known/security.txt are meant to be served.
        var isWellKnown = segments is ["wwwroot", ".well-known", ..];
        return segments.Where((segment, index) => segment.StartsWith('.') && !(isWellKnown && index == 1)).Any()
            ? "its name is hidden"
            : null;
    }

    /// <summary>The form in which two names are equal if they could become the same file on some system.</summary>
    public static string Key(string name) => name.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>Text from an archive, fit for one line of a message.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Length <= ShownCharacters ? text : text.AsSpan(0, ShownCharacters))
        {
            _ = char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                : shown.Append(c);
        }

        return text.Length <= ShownCharacters ? shown.ToString() : shown.Append('…').ToString();
    }

    private static string? FindSegmentFault(string segment)
    {
        if (segment.Length == 0)
        {
            return "has an empty part in its path";
        }

        if (segment is "." or "..")
        {
            return $"has '{segment}' in its path and could lead out of the app's folder";
        }

        if (segment[^1] is '.' or ' ' || segment[0] is ' ')
        {
            return "has a part that starts with a space or ends with a dot or a space, which Windows drops";
        }

        return DeviceName().IsMatch(segment) ? $"has the part '{segment}', which is a device on Windows" : null;
    }

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any extension, too.
    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DeviceName();
}
