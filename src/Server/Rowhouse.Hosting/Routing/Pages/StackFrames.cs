using System.Globalization;
using System.Text.RegularExpressions;

namespace Rowhouse.Hosting;

/// <summary>Reads the text that <see cref="Exception.ToString"/> writes.</summary>
internal static partial class StackFrames
{
    /// <summary>The file and line that a line of the text names, or null.</summary>
    public static (string File, int Line)? FindPlace(string line)
    {
        var match = Frame().Match(line);
        return match.Success && int.TryParse(match.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (match.Groups["file"].Value, number)
            : null;
    }

    /// <summary>Whether a line of the text is a frame, with or without a place.</summary>
    public static bool IsFrame(string line) => line.StartsWith("   at ", StringComparison.Ordinal);

    /// <summary>The source around the first frame in the app's own code: the innermost exception's stands first.</summary>
    public static (string File, int Line, SourceExcerpt Excerpt)? FindOwn(string appFolder, string exception)
    {
        foreach (var line in exception.Split('\n'))
        {
            if (FindPlace(line) is var (file, number) && SourceExcerpt.Find(appFolder, file, number, 0) is { } excerpt)
            {
                return (SourceExcerpt.NameOf(appFolder, file), number, excerpt);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^ {3}at .+ in (?<file>.+):line (?<line>[0-9]+)\r?$", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}
