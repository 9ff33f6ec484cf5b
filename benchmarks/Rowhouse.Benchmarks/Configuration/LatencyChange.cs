using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>The same requests before and during a disturbance.</summary>
internal sealed record LatencyChange(IReadOnlyList<LoadSample> Before, IReadOnlyList<LoadSample> During)
{
    public double MedianRatio => Quantile(During, 0.5) / Quantile(Before, 0.5);

    public static LatencyChange Of(SteadyLoad load, long started, long disturbed, long ended) => new(load.Between(started, disturbed), load.Between(disturbed, ended));

    public string Describe(double part) => FormattableString.Invariant($"{Quantile(During, part):0.000} / {Quantile(Before, part):0.000} ms");

    public static double Quantile(IEnumerable<LoadSample> samples, double part) => Statistics.Quantile([.. samples.Select(sample => sample.Elapsed.TotalMilliseconds)], part);
}
