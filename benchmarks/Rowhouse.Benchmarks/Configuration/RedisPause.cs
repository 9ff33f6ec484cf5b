using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>How an app fared while its Redis did not answer.</summary>
/// <param name="Length">How long it did not.</param>
/// <param name="Before">Requests that need no Redis, before.</param>
/// <param name="During">The same, while Redis did not answer.</param>
/// <param name="Needing">The requests that need it, meanwhile.</param>
/// <param name="ThreadsBefore">The most threads of the pool before.</param>
/// <param name="ThreadsDuring">The most meanwhile.</param>
/// <param name="Recovery">From the end of the pause to the first answer that needs Redis.</param>
internal sealed record RedisPause(
    TimeSpan Length,
    IReadOnlyList<LoadSample> Before,
    IReadOnlyList<LoadSample> During,
    IReadOnlyList<LoadSample> Needing,
    int ThreadsBefore,
    int ThreadsDuring,
    TimeSpan Recovery)
{
    public int ThreadGrowth => ThreadsDuring - ThreadsBefore;

    public double LatencyRatio => Quantile(During, 0.5) / Quantile(Before, 0.5);

    public string DescribeThreads() => string.Create(
        CultureInfo.InvariantCulture,
        $"from at most {ThreadsBefore} to at most {ThreadsDuring} in {Length.TotalSeconds:0} s; {Needing.Count} requests that need Redis: {Needing.Count(sample => sample.Status == 503)} × 503, median {Quantile(Needing, 0.5):0.00} ms, longest {Needing.Max(sample => sample.Elapsed).TotalMilliseconds:0} ms; works again {Recovery.TotalMilliseconds:0} ms after the pause");

    public string DescribeLatency() => string.Create(
        CultureInfo.InvariantCulture,
        $"{RedisPauseMeasurement.PlainPerSecond} requests/s: median {Quantile(During, 0.5):0.000} / {Quantile(Before, 0.5):0.000} ms, p99 {Quantile(During, 0.99):0.00} / {Quantile(Before, 0.99):0.00} ms, of {During.Count} and {Before.Count} requests");

    private static double Quantile(IEnumerable<LoadSample> samples, double part) => Statistics.Quantile([.. samples.Select(sample => sample.Elapsed.TotalMilliseconds)], part);
}
