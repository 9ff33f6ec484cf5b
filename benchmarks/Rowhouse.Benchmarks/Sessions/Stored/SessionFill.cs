using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>Stores many sessions, which takes the time that it takes.</summary>
internal static class SessionFill
{
    private const int AtOnce = 64;
    private const int Step = 10_000;

    /// <summary>Stores the sessions of the numbers from 0.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(SessionStore store, int count, BenchmarkRun run)
    {
        var started = Stopwatch.GetTimestamp();
        var now = TimeProvider.System.GetUtcNow();
        for (var number = 0; number < count; number += Step)
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(number, Math.Min(Step, count - number)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = run.CancellationToken },
                async (one, token) => await store.ImportAsync(SampleSession.Stored(SampleSession.Key(one), now, SampleSession.IdleTimeout), token).ConfigureAwait(false)).ConfigureAwait(false);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"Storing sessions on {store.Name}: {number:N0} of {count:N0}"));
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
