using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>Loads and saves random sessions where there are few and where there are very many, in turns.</summary>
internal static class LatencyMeasurement
{
    private const int Batch = 10;

    public static async Task<Measured> RunAsync(StoredSessions stored, BenchmarkRun run)
    {
        var (few, many) = (new List<double>(), new List<double>());
        var length = run.Choose(full: TimeSpan.FromSeconds(30), quick: TimeSpan.FromSeconds(0.5));
        await WarmUpAsync(stored, length / 4).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(started) < length; round++)
        {
            // A B, then B A: a drift of the machine hits both alike.
            foreach (var isMany in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                await (isMany ? UseAsync(stored.Many, stored.ManyCount, many) : UseAsync(stored.Few, StoredSessions.FewCount, few)).ConfigureAwait(false);
            }
        }

        var (ofFew, ofMany) = (Statistics.Median(few), Statistics.Median(many));
        return new Measured(ofMany / ofFew, string.Create(
            CultureInfo.InvariantCulture,
            $"{stored.Describe()}; medians of {few.Count:N0}: {ofMany:N1} / {ofFew:N1} µs; p99 {Statistics.Quantile(many, 0.99):N0} / {Statistics.Quantile(few, 0.99):N0} µs"));
    }

    private static async Task WarmUpAsync(StoredSessions stored, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            await UseAsync(stored.Few, StoredSessions.FewCount, []).ConfigureAwait(false);
            await UseAsync(stored.Many, stored.ManyCount, []).ConfigureAwait(false);
        }
    }

    private static async Task UseAsync(SessionStore store, int count, List<double> microseconds)
    {
        for (var turn = 0; turn < Batch; turn++)
        {
            var key = SampleSession.Key(Random.Shared.Next(count));
            var started = Stopwatch.GetTimestamp();
            var session = await store.FindAsync(key).ConfigureAwait(false) ?? throw new InvalidOperationException("A session that was stored is not there.");
            var change = SampleSession.Change(new() { [SampleSession.Counter] = SampleSession.Number(turn) });
            var commit = await store.CommitAsync(key, change, session).ConfigureAwait(false);
            microseconds.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            if (commit.Outcome != SessionOutcome.Saved)
            {
                throw new InvalidOperationException($"A change of a session that lives became {commit.Outcome}.");
            }
        }
    }
}
