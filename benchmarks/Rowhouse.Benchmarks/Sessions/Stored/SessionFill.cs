using System.Diagnostics;
using System.Globalization;
using Rowhouse.Backends;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>
/// Stores many sessions: the first thousand as it should be, the others where that is slow as copies of one of them, in the store's own table or files.
/// </summary>
internal static class SessionFill
{
    private const int AtOnce = 64;
    private const int Proper = 1_000;
    private const int Step = 10_000;

    /// <summary>Stores the sessions of the numbers from 0.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(SessionPlace place, BackendRegistry registry, int count, BenchmarkRun run)
    {
        var started = Stopwatch.GetTimestamp();
        await ImportAsync(place.Store, 0, Math.Min(Proper, count), run.CancellationToken).ConfigureAwait(false);
        Func<int, int, Task> store = place.Uri.Scheme switch
        {
            "file" => new SessionFiles(place, registry).CopyAsync,
            "sqlite" or "postgres" or "mysql" => new SessionRows(place, registry).CopyAsync,
            _ => (from, until) => ImportAsync(place.Store, from, until, run.CancellationToken),
        };
        for (var number = Proper; number < count; number += Step)
        {
            run.Say(string.Create(CultureInfo.InvariantCulture, $"Storing sessions on {place.Store.Name}: {number:N0} of {count:N0}"));
            await store(number, Math.Min(number + Step, count)).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task ImportAsync(SessionStore store, int from, int until, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Parallel.ForEachAsync(
            Enumerable.Range(from, until - from),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, token) => await store.ImportAsync(SampleSession.Stored(SampleSession.Key(number), now, SampleSession.IdleTimeout), token).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
