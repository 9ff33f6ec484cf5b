using System.Text.RegularExpressions;

namespace Rowhouse.Architecture.Tests;

public sealed partial class ErrorCodeTests
{
    private const string Reference = "docs/reference/errors.md";

    [Fact]
    public void Each_error_code_is_explained_and_each_explanation_is_of_a_code()
    {
        var texts = Repository.Files("src", "*.cs").Select(Repository.Read).ToList();

        Assert.NotEmpty(texts);
        Repository.MustBeEmpty(FindBreaches(texts, Repository.Read(Reference)));
    }

    [Fact]
    public void The_law_of_the_error_codes_tells_right_from_wrong()
    {
        Assert.Empty(FindBreaches(["\"RH1001\""], "# Errors\n\n## RH1001\n\ntext\n"));
        Assert.Single(FindBreaches(["\"RH1001\", \"RH1002\""], "## RH1001\ntext"), breach => breach.StartsWith("RH1002", StringComparison.Ordinal));
        Assert.Single(FindBreaches(["\"RH1001\""], "## RH1001\ntext\n## RH1002\ntext"), breach => breach.Contains("RH1002", StringComparison.Ordinal));
        Assert.Single(FindBreaches(["\"RH1001\""], "## RH1001\ntext\n## RH1001\ntext"));
        Assert.Single(FindBreaches(["\"RH1001\""], "see RH1001"));
        Assert.Single(FindBreaches(["\"RH1001\""], "## RH1001\n\n"));
        Assert.Empty(FindBreaches(["/// for example RH1001", "\"RH10xx\", \"xRH1001\", \"RH10011\""], ""));
    }

    private static List<string> FindBreaches(IEnumerable<string> sources, string reference)
    {
        var used = sources.SelectMany(text => Code().Matches(text)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var sections = Section().Matches(reference).Select(match => (Code: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        var explained = sections.Select(section => section.Code).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. used.Except(explained).Order(StringComparer.Ordinal).Select(code => $"{code} is used in src/, but {Reference} has no section '## {code}'."),
            .. explained.Except(used).Order(StringComparer.Ordinal).Select(code => $"{Reference} explains {code}, which nothing in src/ uses."),
            .. sections.GroupBy(section => section.Code).Where(group => group.Count() > 1).Select(group => $"{Reference} explains {group.Key} twice."),
            .. sections.Where(section => string.IsNullOrWhiteSpace(section.Text)).Select(section => $"{Reference} says nothing of {section.Code}."),
        ];
    }

    // At the start of a text, where errors have it; comments may take any code as an example.
    [GeneratedRegex(@"(?<="")RH\d{4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    // The heading, and what follows up to the next heading.
    [GeneratedRegex(@"^##\s+(RH\d{4})\b[^\n]*\n?((?:(?!#)[^\n]*\n?)*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Section();
}
