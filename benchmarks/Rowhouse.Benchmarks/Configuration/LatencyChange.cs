using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>The same requests before and during a disturbance.</summary>
internal sealed record LatencyChange(IReadOnlyList<LoadSample> Before, IReadOnlyList<LoadSample> During)
{
    private const int SlowFactor = 3;

    public double MedianRatio => Quantile(During, 0.5) / Quantile(Before, 0.5);

    /// <summary>How many more of a hundred are much slower than it was usual before.</summary>
    public double MoreSlow => SlowOf(During) - SlowOf(Before);

    public static LatencyChange Of(SteadyLoad load, long started, long disturbed, long ended) => new(load.Between(started, disturbed), load.Between(disturbed, ended));

    public string Describe(double part) => FormattableString.Invariant($"{Quantile(During, part):0.000} / {Quantile(Before, part):0.000} ms");

    public string DescribeSlow() => FormattableString.Invariant($"{SlowOf(During):0.00} / {SlowOf(Before):0.00} %");

    public static double Quantile(IEnumerable<LoadSample> samples, double part) => Statistics.Quantile([.. samples.Select(sample => sample.Elapsed.TotalMilliseconds)], part);

    private double SlowOf(IReadOnlyCollection<LoadSample> samples)
    {
        var slow = SlowFactor * Quantile(Before, 0.5);
        return 100.0 * samples.Count(sample => sample.Elapsed.TotalMilliseconds > slow) / samples.Count;
    }
}
