namespace Rowhouse.Hosting;

/// <summary>A few lines of an app's source around one of them.</summary>
/// <param name="Lines">The lines in their order; one of them is the target.</param>
internal sealed record SourceExcerpt(IReadOnlyList<SourceLine> Lines)
{
    /// <summary>How many lines are shown before and after the target.</summary>
    public const int Around = 5;

    /// <summary>How many characters of a line are shown.</summary>
    public const int MaxLineLength = 300;

    // Hand-written sources are far smaller; what is bigger is generated, and not worth reading on an error page.
    private const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Reads the lines around <paramref name="line"/>, or returns null if <paramref name="file"/> is no source in
    /// <paramref name="appFolder"/>: a <c>#line</c> directive can name any file of the machine.
    /// </summary>
    public static SourceExcerpt? Find(string appFolder, string file, int line, int column)
    {
        if (line <= 0 || FindSource(appFolder, file) is not { } source)
        {
            return null;
        }

        try
        {
            var first = Math.Max(1, line - Around);
            var texts = File.ReadLines(source.FullName).Skip(first - 1).Take(line - first + 1 + Around).ToList();

            // "} expected" may be reported on the empty line behind the last line break, which readers leave out.
            if (texts.Count == line - first && line > 1 && texts.Count > 0)
            {
                texts.Add("");
            }

            var lines = texts.Select((text, index) => Cut(first + index, text, first + index == line, column)).ToList();
            return lines.Exists(candidate => candidate.IsTarget) ? new SourceExcerpt(lines) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path as a person of this app would say it: relative to the app's folder if the file is inside.</summary>
    public static string NameOf(string appFolder, string file) =>
        FindRelative(appFolder, file)?.Replace(Path.DirectorySeparatorChar, '/') ?? file;

    private static string? FindRelative(string appFolder, string file)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(file))
        {
            return null;
        }

        var relative = Path.GetRelativePath(appFolder, file);
        var isInside = !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar, 2)[0] is not (".." or ".");
        return isInside ? relative : null;
    }

    private static FileInfo? FindSource(string appFolder, string file)
    {
        if (FindRelative(appFolder, file) is not { } relative || !SourceFiles.IsSource(relative))
        {
            return null;
        }

        var steps = relative.Split(Path.DirectorySeparatorChar);
        if (SourceFiles.IsLeftOutAtTop(steps[0]))
        {
            return null;
        }

        // A link inside the app may lead out of it.
        var path = appFolder;
        foreach (var step in steps)
        {
            path = Path.Combine(path, step);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return null;
            }
        }

        // A length of 0 is also what pipes and devices have, which would never end.
        var source = new FileInfo(path);
        return source.Exists && source.Length is > 0 and <= MaxFileBytes ? source : null;
    }

    private static SourceLine Cut(int number, string text, bool isTarget, int column)
    {
        var mark = isTarget && column > 0 ? Math.Min(column - 1, text.Length) : -1;
        var start = 0;
        if (text.Length > MaxLineLength)
        {
            start = mark >= MaxLineLength - 50 ? Math.Min(mark - (MaxLineLength / 2), text.Length - MaxLineLength) : 0;
            text = text.Substring(start, MaxLineLength);
        }

        return mark < 0
            ? new SourceLine(number, text, isTarget)
            : new SourceLine(number, text, isTarget, mark - start, WordLength(text, mark - start));
    }

    // Compilers' places reach here as a start only: the word that starts there is what a reader looks for.
    private static int WordLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return Math.Max(end - start, Math.Min(1, text.Length - start));
    }
}
