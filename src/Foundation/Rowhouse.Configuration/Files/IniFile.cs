using System.Text;

namespace Rowhouse.Configuration;

/// <summary>
/// Reads an ini file with the grammar of Microsoft.Extensions.Configuration.Ini, with four differences:
/// every entry knows its line, all errors are found at once, a value may go on in further lines (<see cref="IniGrammar"/> says which),
/// and a line that begins with <c>/</c> is an entry and no comment.
/// </summary>
internal static class IniFile
{
    // Far above what anybody writes by hand; a larger file is another file under this name.
    private const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The sections of <paramref name="file"/>; none if it does not exist or cannot be read.</summary>
    public static List<IniSection> Read(string file, IniGrammar grammar, ConfigProblems problems)
    {
        try
        {
            return File.Exists(file) ? Parse(Decode(File.ReadAllBytes(file), problems), grammar, problems) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(1, $"the file cannot be read: {e.Message}");
            return [];
        }
    }

    public static List<IniSection> Parse(string text, IniGrammar grammar, ConfigProblems problems)
    {
        var sections = new List<IniSection>();
        var number = 0;
        foreach (var raw in text.EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0 || line[0] is ';' or '#')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                sections.Add(new IniSection(line[1..^1].Trim(), number, []));
                continue;
            }

            var indent = raw.Length - raw.TrimStart().Length;
            if (sections.LastOrDefault()?.Entries is [.., var above] entries && grammar.GoesOn(above, indent, line))
            {
                entries.Add(above with { Value = line, Line = number, GoesOn = true });
            }
            else
            {
                ParseEntry(sections, line, indent, number, grammar, problems);
            }
        }

        return sections;
    }

    private static string Decode(byte[] bytes, ConfigProblems problems)
    {
        if (bytes.Length > MaxBytes)
        {
            problems.Add(1, $"the file has {bytes.Length} bytes; at most {MaxBytes} are read");
            return "";
        }

        try
        {
            return Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes.AsSpan(0, e.Index).Count((byte)'\n') + 1;
            problems.Add(line, $"the byte 0x{e.BytesUnknown?[0]:X2} is not UTF-8; save the file in the encoding UTF-8");
            return "";
        }
    }

    private static void ParseEntry(List<IniSection> sections, string line, int indent, int number, IniGrammar grammar, ConfigProblems problems)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add(number, $"'{ShownText.Of(line)}' is neither [section] nor key = value nor a comment, which begins with ';' or '#'");
            return;
        }

        var key = line[..equals].TrimEnd();
        if (sections.Count == 0)
        {
            if (grammar.FirstSections is { } first)
            {
                problems.Add(number, $"'{ShownText.Of(key)}' stands before the first section; begin with {first}");
                return;
            }

            sections.Add(new IniSection("", number, []));
        }

        var value = line[(equals + 1)..].TrimStart();
        value = value is ['"', .., '"'] ? value[1..^1] : value;
        sections[^1].Entries.Add(new IniEntry(sections[^1].Name, key, value, number) { Indent = indent });
    }
}
