namespace Rowhouse.Benchmarks.Suites;

/// <summary>Sums up repeated measurements.</summary>
internal static class Statistics
{
    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    public static double Quantile(IReadOnlyCollection<double> values, double part)
    {
        if (values.Count == 0)
        {
            throw new InvalidOperationException("Nothing was measured.");
        }

        var sorted = values.Order().ToArray();
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
