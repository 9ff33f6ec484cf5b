using Rowhouse.Benchmarks.Suites;
using Spectre.Console;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>Figures for people.</summary>
internal static class TableReport
{
    public static void Write(IAnsiConsole console, string suite, bool isQuick, IReadOnlyList<Figure> figures)
    {
        var table = new Table { Title = new TableTitle($"{suite}{(isQuick ? " (quick: small counts, only a hint)" : "")}") };
        table.AddColumns("what", "value", "must reach", "");
        foreach (var figure in figures)
        {
            var colour = figure.IsOk ? figure.IsJudged ? "green" : "grey" : "red";
            table.AddRow(
                new Markup($"{Markup.Escape(figure.Row.Name)}\n[grey]{Markup.Escape(figure.Measured?.Detail ?? figure.Failure ?? "")}[/]"),
                new Markup(Markup.Escape(FigureText.Value(figure))),
                new Markup(Markup.Escape(figure.MustReach)),
                new Markup($"[{colour}]{FigureText.Verdict(figure)}[/]"));
        }

        console.Write(table);
        console.MarkupLine($"[grey]{Markup.Escape(Machine.Describe())}[/]");
    }
}
