using System.Diagnostics;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>One request.</summary>
/// <param name="Sent">When, in ticks of the stopwatch.</param>
/// <param name="Elapsed">Until the whole answer was there.</param>
/// <param name="Status">Of the answer; 0 if there was none.</param>
internal sealed record LoadSample(long Sent, TimeSpan Elapsed, int Status)
{
    public bool IsAnsweredBy(long time) => Elapsed <= Stopwatch.GetElapsedTime(Sent, time);
}
