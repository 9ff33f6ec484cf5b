using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>What became of a lock whose holders were killed, one after the other.</summary>
/// <param name="Holdings">Who held it, as they came.</param>
internal sealed record LockDeaths(IReadOnlyList<LockHolding> Holdings)
{
    /// <summary>How much longer than the lease the next holder had to wait, at worst, in seconds.</summary>
    public double SecondsBeyondLease => Waits.Max() - LockProbe.Lease.TotalSeconds;

    /// <summary>How often a lock was given to somebody while another lived and held it, or with a token that is not larger.</summary>
    public int Overlaps
    {
        get
        {
            var inTime = Holdings.OrderBy(holding => holding.From).ToList();
            return inTime.Zip(inTime.Skip(1)).Count(pair => pair.Second.From < pair.First.Until || pair.Second.Token <= pair.First.Token);
        }
    }

    private IReadOnlyList<double> Waits =>
        [.. Holdings.Zip(Holdings.Skip(1), (killed, next) => Stopwatch.GetElapsedTime(killed.Until, next.From).TotalSeconds)];

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Waits.Count} holders killed, {LockMeasurement.Contenders} processes at a time, lease {LockProbe.Lease.TotalSeconds} s; next holder after {Waits.Min():0.00} to {Waits.Max():0.00} s, median {Statistics.Median(Waits):0.00} s");
}
