using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Everything that is wrong with one configuration file, so that all of it can be said at once.</summary>
internal sealed class ConfigProblems
{
    // A file that is no ini file at all has one problem per line; nobody reads more than these.
    private const int MaxShown = 50;

    private readonly string _file;
    private readonly List<(int Line, string Text)> _problems = [];

    public ConfigProblems(string file)
    {
        _file = file;
    }

    public string File => _file;

    public void Add(int line, string text) => _problems.Add((line, text));

    public void Add(IniEntry entry, string expected)
    {
        var hasTrailingComment = entry.Value.Contains(" ;", StringComparison.Ordinal) || entry.Value.Contains(" #", StringComparison.Ordinal);
        Add(entry.Line, $"{entry}: {expected}{(hasTrailingComment ? "; a comment needs a line of its own" : "")}");
    }

    public void AddUnknownKey(IniEntry entry, IReadOnlyCollection<string> allowed, string elsewhere = "") => Add(
        entry.Line,
        $"[{entry.Section}] {ShownText.Of(entry.Key)}: unknown key{Spelling.Suggest(entry.Key, allowed)}; allowed here: {string.Join(", ", allowed)}{elsewhere}");

    /// <summary>One line per problem, <c>FILE:LINE: TEXT</c>, in the order of the file.</summary>
    public IReadOnlyList<string> Describe()
    {
        var lines = _problems.OrderBy(problem => problem.Line)
            .Select(problem => string.Create(CultureInfo.InvariantCulture, $"{_file}:{problem.Line}: {problem.Text}"))
            .ToList();
        if (lines.Count > MaxShown)
        {
            lines = [.. lines.Take(MaxShown), string.Create(CultureInfo.InvariantCulture, $"{_file}: and {_problems.Count - MaxShown} more")];
        }

        return lines;
    }
}
