using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>
/// A few and very many sessions on the same kind of backend, each on a server of its own: beside the many on one server, the few would be looked for
/// among the same million keys.
/// </summary>
internal sealed class StoredSessions
{
    /// <summary>How many few are.</summary>
    public const int FewCount = 1_000;

    private StoredSessions(string kind, SessionStore few, SessionStore many, int manyCount, TimeSpan filled)
    {
        Kind = kind;
        Few = few;
        Many = many;
        ManyCount = manyCount;
        Filled = filled;
    }

    /// <summary>The kind of backend.</summary>
    public string Kind { get; }

    public SessionStore Few { get; }

    public SessionStore Many { get; }

    public int ManyCount { get; }

    /// <summary>How long it took to store them.</summary>
    public TimeSpan Filled { get; }

    private string Apart => Kind switch
    {
        "memory" => "in the memory of one process",
        "file" or "sqlite" => "in folders of their own",
        _ => "on servers of their own",
    };

    public static async Task<StoredSessions> FillAsync(string kind, SessionPlaces placesOfMany, SessionPlaces placesOfFew, BenchmarkRun run)
    {
        var count = run.Choose(full: 1_000_000, quick: 10_000);
        var (few, many) = (await placesOfFew.NewAppAsync(kind).ConfigureAwait(false), await placesOfMany.NewAppAsync(kind).ConfigureAwait(false));
        await SessionFill.RunAsync(few, placesOfFew.Registry, FewCount, run).ConfigureAwait(false);
        var filled = await SessionFill.RunAsync(many, placesOfMany.Registry, count, run).ConfigureAwait(false);
        return new StoredSessions(kind, few.Store, many.Store, count, filled);
    }

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{ManyCount:N0} and {FewCount:N0} sessions {Apart}; the many were stored in {Filled.TotalSeconds:0.0} s");
}
