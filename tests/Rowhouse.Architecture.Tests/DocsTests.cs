using System.Text.RegularExpressions;

namespace Rowhouse.Architecture.Tests;

public sealed partial class DocsTests
{
    private const string Index = "docs/README.md";

    [Fact]
    public void Every_link_in_the_docs_leads_to_a_file_and_a_heading_that_are_there()
    {
        var pages = Repository.Files("docs", "*.md").Append("README.md").Append("CHANGELOG.md").ToList();

        Repository.MustBeEmpty(pages.SelectMany(page => FindBreaches(page, Repository.Read(page), Read)));
    }

    [Fact]
    public void Every_page_can_be_found_from_the_index()
    {
        var index = Repository.Read(Index);

        Repository.MustBeEmpty(Repository.Files("docs", "*.md")
            .Select(page => page["docs/".Length..])
            .Where(page => page != "README.md" && !page.StartsWith("decisions/", StringComparison.Ordinal) && !index.Contains($"]({page}", StringComparison.Ordinal))
            .Select(page => $"docs/{page} is not in {Index}: nobody will find it."));
    }

    [Fact]
    public void The_law_of_the_links_tells_right_from_wrong()
    {
        static string? Files(string path) => path switch { "docs/b.md" => "# B\n\n## Two words\n", "docs" => "", _ => null };

        Assert.Empty(FindBreaches("docs/a.md", "[x](b.md) [y](b.md#two-words) [z](https://example.com/none) [w](../docs)", Files));
        Assert.Single(FindBreaches("docs/a.md", "[x](c.md)", Files));
        Assert.Single(FindBreaches("docs/a.md", "[x](b.md#three)", Files));
    }

    private static IEnumerable<string> FindBreaches(string page, string text, Func<string, string?> read)
    {
        foreach (var target in Link().Matches(Code().Replace(text, "")).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            var (file, heading) = target.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? (target[..hash], target[(hash + 1)..]) : (target, "");
            var path = file.Length == 0 ? page : Normalise(Path.Combine(Path.GetDirectoryName(page)!, file));
            if (read(path) is not { } content)
            {
                yield return $"{page} links to {target}, which does not exist.";
            }
            else if (heading.Length > 0 && !Heading().Matches(content).Any(match => Anchor(match.Groups[1].Value) == heading))
            {
                yield return $"{page} links to {target}: there is no such heading.";
            }
        }
    }

    // As GitHub makes the anchor of a heading.
    private static string Anchor(string heading) => NoAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static string? Read(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) ? File.ReadAllText(full) : Directory.Exists(full) ? "" : null;
    }

    private static string Normalise(string path) => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", path)));

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+\s+(.+?)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]", RegexOptions.CultureInvariant)]
    private static partial Regex NoAnchor();
}
