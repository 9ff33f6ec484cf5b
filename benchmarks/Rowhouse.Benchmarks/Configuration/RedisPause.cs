using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rowhouse.Benchmarks.Suites;

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

    /// <summary>How many more of a hundred requests that need no Redis became slow, less those that did so of the app whose Redis answered.</summary>
    public double MoreSlow => Plain.MoreSlow - Math.Max(0, Peer.MoreSlow);

    public string DescribeThreads() => string.Create(
        CultureInfo.InvariantCulture,
        $"from at most {ThreadsBefore} to at most {ThreadsDuring} in {Length.TotalSeconds:0} s; {Needing.Count} requests that need Redis: {Needing.Count(sample => sample.Status == 503)} × 503, median {LatencyChange.Quantile(Needing, 0.5):0.00} ms, longest {Needing.Max(sample => sample.Elapsed).TotalMilliseconds:0} ms; works again {Recovery.TotalMilliseconds:0} ms after the pause");

    public string DescribeLatency() => string.Create(
        CultureInfo.InvariantCulture,
        $"{AppLoad.PlainPerSecond} requests/s: median {Plain.Describe(0.5)} = {Plain.MedianRatio:0.000}, p99 {Plain.Describe(0.99)}; at the same time an app whose Redis answers: median {Peer.Describe(0.5)} = {Peer.MedianRatio:0.000}, p99 {Peer.Describe(0.99)}; the figure is the one ratio over the other");

    public string DescribeSlow() => string.Create(
        CultureInfo.InvariantCulture,
        $"during / before: {Plain.DescribeSlow()}; at the same time of the app whose Redis answers: {Peer.DescribeSlow()}; the figure is how much the one grew, less how much the other did");

    /// <summary>The longest that a request waited, in seconds, of those that were sent when one had been refused already.</summary>
    public Measured TakeRefusals()
    {
        var refused = Needing.Where(sample => sample.Status == (int)HttpStatusCode.ServiceUnavailable).Select(AnsweredAt).DefaultIfEmpty(long.MaxValue).Min();
        var later = Needing.Where(sample => sample.Sent > refused).ToList();
        if (later.FirstOrDefault(sample => sample.Status != (int)HttpStatusCode.ServiceUnavailable) is { } other)
        {
            throw new InvalidOperationException($"A request that needs Redis was answered with {other.Status} when Redis did not answer.");
        }

        return later.Count == 0
            ? throw new InvalidOperationException("No request that needs Redis was refused while Redis did not answer.")
            : new Measured(later.Max(sample => sample.Elapsed).TotalSeconds, string.Create(
                CultureInfo.InvariantCulture,
                $"{later.Count:N0} requests sent after the first 503: all 503, median {LatencyChange.Quantile(later, 0.5):0.00} ms, p99 {LatencyChange.Quantile(later, 0.99):0.00} ms; the {Needing.Count - later.Count:N0} before it, which waited for the time-out: longest {Needing.Where(sample => sample.Sent <= refused).Max(sample => sample.Elapsed).TotalSeconds:0.0} s"));
    }

    private static long AnsweredAt(LoadSample sample) => sample.Sent + (long)(sample.Elapsed.TotalSeconds * Stopwatch.Frequency);
}
