using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Rowhouse.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Paths(RowhouseCommandLine.Create(Silent()), [])];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_is_as_approved_and_ends_with_an_example(string path)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await RowhouseCommandLine.RunAsync(
            [.. path.Split(' ').Skip(1), "--help"], new Terminal(output, error, TextReader.Null), TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Empty(error.ToString());
        Assert.StartsWith("  rowhouse ", output.ToString().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Matches("\nExamples?:\n", output.ToString());
        Approve(path.Replace(' ', '-'), output.ToString());
    }

    [Fact]
    public void Every_approved_help_belongs_to_a_command()
    {
        var commands = Paths(RowhouseCommandLine.Create(Silent()), []).Select(path => path.Replace(' ', '-') + ".approved.txt");

        Assert.Equal(commands.Order(StringComparer.Ordinal), Directory.GetFiles(Folder(), "*.approved.txt").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static void Approve(string name, string text)
    {
        var approved = Path.Combine(Folder(), name + ".approved.txt");
        var received = Path.Combine(Folder(), name + ".received.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"The help of '{name}' is not what {approved} says. If the new text is meant: mv {received} {approved}");
    }

    private static IEnumerable<string> Paths(Command command, string[] parents)
    {
        string[] path = [.. parents, parents.Length == 0 ? "rowhouse" : command.Name];
        return command.Subcommands.SelectMany(sub => Paths(sub, path)).Prepend(string.Join(' ', path));
    }

    private static Terminal Silent() => new(TextWriter.Null, TextWriter.Null, TextReader.Null);

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Help");
}
