using System.Text;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>Figures for the repository. Without a date: the commit has one.</summary>
internal static class MarkdownReport
{
    public static string Write(string suite, IEnumerable<Figure> figures)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(suite).Append("\n\nA full run of `eng/bench ").Append(suite).Append(" --save`. ").Append(Machine.Describe()).Append("\n\n");
        text.Append("| what | value | must reach | | how it came about |\n|---|---|---|---|---|\n");
        foreach (var figure in figures)
        {
            text.Append("| ").AppendJoin(" | ", [
                figure.Row.Name,
                FigureText.Value(figure),
                figure.MustReach,
                FigureText.Verdict(figure),
                (figure.Measured?.Detail ?? figure.Failure ?? "").ReplaceLineEndings(" "),
            ]).Append(" |\n");
        }

        return text.ToString();
    }
}
