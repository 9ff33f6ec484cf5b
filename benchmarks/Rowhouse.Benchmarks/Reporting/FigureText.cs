using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>How a figure reads.</summary>
internal static class FigureText
{
    public static string Value(Figure figure) =>
        figure.Measured is { } measured ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(measured.Value, 3)} {figure.Row.Unit}").TrimEnd() : "not measured";

    public static string Verdict(Figure figure) => figure switch
    {
        { IsOk: false } => "falls short",
        { IsJudged: false } => "not judged",
        _ => "ok",
    };
}
