using System.CommandLine;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;
using Spectre.Console;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>The command line of the benchmarks.</summary>
internal sealed class BenchmarkCommand
{
    private readonly IReadOnlyList<ISuite> _suites;
    private readonly Argument<string> _suite = new("suite") { Description = "What to measure." };
    private readonly Option<bool> _quick = new("--quick") { Description = "Smaller counts: less than 50 s, less sure." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints an array of {name, value, unit, mustReach, ok} and nothing else." };
    private readonly Option<bool> _save = new("--save") { Description = "Writes the figures of a full run to benchmarks/results/SUITE.md." };
    private readonly Option<string?> _row = new("--row") { Description = "Measures only rows whose name contains this.", HelpName = "TEXT" };

    public BenchmarkCommand(IReadOnlyList<ISuite> suites)
    {
        _suites = suites;
        _suite.AcceptOnlyFromAmong([.. suites.Select(suite => suite.Name)]);
    }

    public async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Measures the figures that Rowhouse promises. Exits with 1 if one falls short.") { _suite, _quick, _json, _save, _row };
        root.SetAction((parsed, cancellationToken) => MeasureAsync(parsed, cancellationToken));
        return await root.Parse(arguments).InvokeAsync().ConfigureAwait(false);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (quick, json, text) = (parsed.GetValue(_quick), parsed.GetValue(_json), parsed.GetValue(_row));
        var save = parsed.GetValue(_save);
        if (save && (quick || text is not null))
        {
            await Console.Error.WriteLineAsync("--save writes the figures of a full run: leave --quick and --row away.").ConfigureAwait(false);
            return 2;
        }

        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var disturbance = Machine.FindDisturbance();
        var suite = _suites.Single(candidate => candidate.Name == parsed.GetValue(_suite));
        var rows = suite.CreateRows().Where(row => text is null || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var figures = await errors.Status().StartAsync("Preparing", async status =>
        {
            var run = new BenchmarkRun(quick, Checkout.Find(), words => status.Status(Markup.Escape(words)), cancellationToken);
            await using (run.ConfigureAwait(false))
            {
                return await SuiteRunner.RunAsync(rows, run).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);

        if (disturbance is not null)
        {
            errors.MarkupLine($"[yellow]{Markup.Escape(disturbance)}[/]");
        }

        await ReportAsync(suite.Name, figures, quick, json, save, cancellationToken).ConfigureAwait(false);
        return figures.All(figure => figure.IsOk) ? 0 : 1;
    }

    private static async Task ReportAsync(string suite, IReadOnlyList<Figure> figures, bool isQuick, bool asJson, bool save, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            Console.WriteLine(JsonReport.Write(figures));
        }
        else
        {
            TableReport.Write(AnsiConsole.Console, suite, isQuick, figures);
        }

        if (save)
        {
            var file = Path.Combine(Checkout.Find().Folder, "benchmarks", "results", suite + ".md");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, MarkdownReport.Write(suite, figures), cancellationToken).ConfigureAwait(false);
        }
    }
}
