namespace Rowhouse.Benchmarks.Suites;

/// <summary>Measures the rows of a suite, one after the other: they share the machine.</summary>
internal static class SuiteRunner
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(IEnumerable<Row> rows, BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach (var row in rows)
        {
            run.Say(row.Name);
            figures.Add(await MeasureAsync(row, run).ConfigureAwait(false));
        }

        return figures;
    }

    private static async Task<Figure> MeasureAsync(Row row, BenchmarkRun run)
    {
        var isJudged = !run.IsQuick || row.IsJudgedWhenQuick;
        try
        {
            return new Figure(row, await row.Measure(run).ConfigureAwait(false), null, isJudged);
        }
        catch (Exception e) when (!run.CancellationToken.IsCancellationRequested)
        {
            // A figure that cannot be had falls short; the others are worth having.
            return new Figure(row, null, $"{e.GetType().Name}: {e.Message}", isJudged);
        }
    }
}
