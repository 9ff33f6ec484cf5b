using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>A few and very many sessions on the same backend.</summary>
internal sealed class StoredSessions
{
    /// <summary>How many few are.</summary>
    public const int FewCount = 1_000;

    private StoredSessions(SessionStore few, SessionStore many, int manyCount, TimeSpan filled)
    {
        Few = few;
        Many = many;
        ManyCount = manyCount;
        Filled = filled;
    }

    public SessionStore Few { get; }

    public SessionStore Many { get; }

    public int ManyCount { get; }

    /// <summary>How long it took to store them.</summary>
    public TimeSpan Filled { get; }

    public static async Task<StoredSessions> FillAsync(string kind, SessionPlaces places, BenchmarkRun run)
    {
        var count = run.Choose(full: 1_000_000, quick: 10_000);
        var (few, many) = (await places.NewAppAsync(kind).ConfigureAwait(false), await places.NewAppAsync(kind).ConfigureAwait(false));
        await SessionFill.RunAsync(few, places.Registry, FewCount, run).ConfigureAwait(false);
        var filled = await SessionFill.RunAsync(many, places.Registry, count, run).ConfigureAwait(false);
        return new StoredSessions(few.Store, many.Store, count, filled);
    }

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{ManyCount:N0} sessions, stored in {Filled.TotalSeconds:0.0} s");
}
