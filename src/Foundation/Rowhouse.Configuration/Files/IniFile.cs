namespace Rowhouse.Configuration;

/// <summary>
/// Reads an ini file with the grammar of Microsoft.Extensions.Configuration.Ini, with four differences:
/// every entry knows its line, all errors are found at once, a value may go on in further lines (<see cref="IniGrammar"/> says which),
/// and a line that begins with <c>/</c> is an entry and no comment.
/// </summary>
internal static class IniFile
{
    /// <summary>The sections of <paramref name="file"/>; none if it does not exist or cannot be read.</summary>
    public static List<IniSection> Read(string file, IniGrammar grammar, ConfigProblems problems) =>
        ConfigText.Read(file, problems) is { } text ? Parse(text, grammar, problems) : [];

    public static List<IniSection> Parse(string text, IniGrammar grammar, ConfigProblems problems)
    {
        var sections = new List<IniSection>();
        var number = 0;
        var isAfterBlank = false;
        foreach (var raw in text.EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0 || line[0] is ';' or '#')
            {
                isAfterBlank |= line.Length == 0;
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
                entries.Add(above with { Value = line, Line = number, GoesOn = true, IsAfterBlank = isAfterBlank });
            }
            else
            {
                ParseEntry(sections, line, indent, number, grammar, problems);
            }

            isAfterBlank = false;
        }

        return sections;
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
