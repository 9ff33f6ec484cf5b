using System.Globalization;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>How an app fared while its Redis did not answer.</summary>
/// <param name="Length">How long it did not.</param>
/// <param name="Plain">Requests that need no Redis.</param>
/// <param name="Peer">The same of an app whose Redis answered all the time: what the machine did to both.</param>
/// <param name="Needing">The requests that need it, while it did not answer.</param>
/// <param name="ThreadsBefore">The most threads of the pool before.</param>
/// <param name="ThreadsDuring">The most meanwhile.</param>
/// <param name="Recovery">From the end of the pause to the first answer that needs Redis.</param>
internal sealed record RedisPause(
    TimeSpan Length,
    LatencyChange Plain,
    LatencyChange Peer,
    IReadOnlyList<LoadSample> Needing,
    int ThreadsBefore,
    int ThreadsDuring,
    TimeSpan Recovery)
{
    public int ThreadGrowth => ThreadsDuring - ThreadsBefore;

    public double LatencyRatio => Plain.MedianRatio / Peer.MedianRatio;

    public string DescribeThreads() => string.Create(
        CultureInfo.InvariantCulture,
        $"from at most {ThreadsBefore} to at most {ThreadsDuring} in {Length.TotalSeconds:0} s; {Needing.Count} requests that need Redis: {Needing.Count(sample => sample.Status == 503)} × 503, median {LatencyChange.Quantile(Needing, 0.5):0.00} ms, longest {Needing.Max(sample => sample.Elapsed).TotalMilliseconds:0} ms; works again {Recovery.TotalMilliseconds:0} ms after the pause");

    public string DescribeLatency() => string.Create(
        CultureInfo.InvariantCulture,
        $"{AppLoad.PlainPerSecond} requests/s: median {Plain.Describe(0.5)} = {Plain.MedianRatio:0.000}, p99 {Plain.Describe(0.99)}; at the same time an app whose Redis answers: median {Peer.Describe(0.5)} = {Peer.MedianRatio:0.000}, p99 {Peer.Describe(0.99)}; the figure is the one ratio over the other");
}
