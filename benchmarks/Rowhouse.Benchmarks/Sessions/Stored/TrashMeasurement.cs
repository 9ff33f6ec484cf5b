using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>Takes out the trash, in steps as <c>rowhouse sessions trash</c> does, at a time when nearly all sessions are expired.</summary>
internal static class TrashMeasurement
{
    private const int Full = 1_000_000;
    private const int Living = 1_000;

    // Not SampleSession.IdleTimeout: backends that know the time themselves must not have begun to remove anything.
    private static readonly TimeSpan Later = 2 * SampleSession.IdleTimeout;

    public static async Task<Measured> RunAsync(StoredSessions stored, BenchmarkRun run)
    {
        var now = TimeProvider.System.GetUtcNow();
        var living = Enumerable.Range(0, Living).Select(number => SessionKey.Of(string.Create(CultureInfo.InvariantCulture, $"living-{number}"))).ToList();
        foreach (var key in living)
        {
            await stored.Many.ImportAsync(SampleSession.Stored(key, now, 2 * Later), run.CancellationToken).ConfigureAwait(false);
        }

        // With connections and code that has run before.
        var trash = new SessionTrash { Now = now + Later };
        await RemoveAsync(stored.Few, trash, run.CancellationToken).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        var (removed, steps) = await RemoveAsync(stored.Many, trash, run.CancellationToken).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await CheckAsync(stored, living, removed).ConfigureAwait(false);
        var redis = stored.Kind == "redis" ? "; Redis itself removes what is expired: this is the walk of `rowhouse sessions trash --expiration`" : "";
        var scale = run.IsQuick ? $"; scaled from {stored.ManyCount:N0} to {Full:N0} sessions" : "";
        return new Measured(elapsed.TotalSeconds * Full / stored.ManyCount, string.Create(
            CultureInfo.InvariantCulture,
            $"{removed:N0} removed in {elapsed.TotalSeconds:0.000} s and {steps:N0} steps of at most {SessionTrashChore.BatchSize:N0}, without the server's pauses between them; {Living:N0} that live were kept{redis}{scale}"));
    }

    private static async Task<(int Removed, int Steps)> RemoveAsync(SessionStore store, SessionTrash trash, CancellationToken cancellationToken)
    {
        var (removed, steps, step) = (0, 0, new TrashStep(0, Position: null));
        do
        {
            step = await store.TrashAsync(trash, SessionTrashChore.BatchSize, step.Position, cancellationToken).ConfigureAwait(false);
            (removed, steps) = (removed + step.Removed, steps + 1);
        }
        while (step.Position is not null);

        return (removed, steps);
    }

    private static async Task CheckAsync(StoredSessions stored, IEnumerable<SessionKey> living, int removed)
    {
        if (removed != stored.ManyCount)
        {
            throw new InvalidOperationException($"{removed:N0} sessions were removed of {stored.ManyCount:N0} that were expired.");
        }

        foreach (var key in living)
        {
            _ = await stored.Many.FindAsync(key).ConfigureAwait(false) ?? throw new InvalidOperationException("A session that lives was removed.");
        }
    }
}
