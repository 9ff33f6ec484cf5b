using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rowhouse.Cli.Tests;

public sealed partial class DocsTests
{
    [Fact]
    public void Every_command_in_the_docs_is_one_that_the_command_line_understands()
    {
        var lines = Pages().SelectMany(page => Console().Matches(File.ReadAllText(page)).SelectMany(block => Command().Matches(block.Groups[1].Value)
            .Select(line => (Page: Path.GetFileName(page), Text: line.Groups[1].Value.TrimEnd())))).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(Parse(line.Text).Errors.Select(error => $"{line.Page}: rowhouse {line.Text}: {error.Message}")));
    }

    [Theory]
    [InlineData("apps lst")]
    [InlineData("apps pack")]
    [InlineData("run --lissen http://127.0.0.1:1")]
    public void A_wrong_command_would_be_noticed(string text) => Assert.NotEmpty(Parse(text).Errors);

    private static ParseResult Parse(string text) =>
        RowhouseCommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null, TextReader.Null)).Parse(text);

    private static IEnumerable<string> Pages([CallerFilePath] string here = "")
    {
        var checkout = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
        return Directory.EnumerateFiles(Path.Combine(checkout, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(checkout, "README.md"));
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Console();

    // Up to a pipe, a redirection or a comment, which are the shell's.
    [GeneratedRegex(@"^\$ (?:eng/)?rowhouse ((?:(?! \| | > | # | < ).)+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
