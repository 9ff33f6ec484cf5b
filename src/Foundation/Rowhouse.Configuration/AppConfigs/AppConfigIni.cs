namespace Rowhouse.Configuration;

/// <summary>Reads an app's ini file: a value goes on in lines that stand further to the right than its key.</summary>
internal static class AppConfigIni
{
    private static readonly IniGrammar Grammar = new(FirstSections: null, GoesOn: (above, indent, _) => indent > above.Indent);

    public static List<LayerValue> Parse(string text, ConfigProblems problems)
    {
        var values = new List<LayerValue>();
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in IniFile.Parse(text, Grammar, problems))
        {
            foreach (var entry in section.Entries)
            {
                Add(values, entry, lines, problems);
            }
        }

        return values;
    }

    private static void Add(List<LayerValue> values, IniEntry entry, Dictionary<string, int> lines, ConfigProblems problems)
    {
        if (entry.GoesOn)
        {
            if (values.LastOrDefault() is { } above && above.Key == KeyOf(entry))
            {
                values[^1] = above with { Text = Join(above.Text, entry) };
            }

            return;
        }

        var key = KeyOf(entry);
        if (lines.TryAdd(ConfigKey.Normalize(key), entry.Line))
        {
            values.Add(new LayerValue(key, entry.Value, new ValueSource(problems.File, entry.Line)));
        }
        else
        {
            problems.Add(entry.Line, $"'{ShownText.Of(ConfigKey.Print(key))}': line {lines[ConfigKey.Normalize(key)]} already gives this key; leave one of the two out");
        }
    }

    private static string Join(string above, IniEntry entry) =>
        above.Length == 0 ? entry.Value : $"{above}\n{(entry.IsAfterBlank ? "\n" : "")}{entry.Value}";

    // [mail.smtp] is the section mail:smtp. A key keeps its dots, since `Microsoft.AspNetCore = Warning` in [Logging.LogLevel] is one name.
    private static string KeyOf(IniEntry entry) =>
        entry.Section.Length == 0 ? entry.Key.Replace('.', ':') : $"{entry.Section.Replace('.', ':')}:{entry.Key}";
}
