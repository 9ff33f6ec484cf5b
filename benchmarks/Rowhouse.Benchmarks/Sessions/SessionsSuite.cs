using Rowhouse.Benchmarks.Configuration;
using Rowhouse.Benchmarks.Sessions.Races;
using Rowhouse.Benchmarks.Sessions.Requests;
using Rowhouse.Benchmarks.Sessions.Stored;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions;

/// <summary>The figures of sessions: that no update is lost, what they cost, and what happens with very many of them or without their backend.</summary>
internal sealed class SessionsSuite : ISuite
{
    private const int FrozenThreads = 16;

    private static readonly (string Kind, double Seconds)[] Trash = [("redis", 3), ("postgres", 3), ("sqlite", 5), ("file", 30)];

    public string Name => "sessions";

    public IReadOnlyList<Row> CreateRows()
    {
        var places = new SharedMeasurement<SessionPlaces>(async run => run.Keep(await SessionPlaces.StartAsync(run).ConfigureAwait(false)));
        return [.. CreateRaceRows(places), .. CreateRequestRows(places), .. CreateStoredRows(places), .. CreateFrozenRows()];
    }

    private static IEnumerable<Row> CreateRaceRows(SharedMeasurement<SessionPlaces> places)
    {
        var races = new SharedMeasurement<RaceMeasurement>(async run => run.Keep(new RaceMeasurement(await places.GetAsync(run).ConfigureAwait(false))));
        Row Create(string kind, string name) => new(name, "", Bound.AtMost(0), async run =>
            await (await races.GetAsync(run).ConfigureAwait(false)).RunAsync(kind, run).ConfigureAwait(false));
        foreach (var kind in SessionPlaces.Kinds)
        {
            yield return Create(kind, $"racing writes to different keys, 4 processes, {kind}: lost updates");
        }

        yield return Create(RaceMeasurement.Stock, "the same with ASP.NET Core's own session on redis: lost updates") with { IsJudged = false };
    }

    private static IEnumerable<Row> CreateRequestRows(SharedMeasurement<SessionPlaces> places)
    {
        foreach (var kind in new[] { "redis", "memory" })
        {
            yield return new($"requests/s that read and write a session, {kind}: over ASP.NET Core's own", "", Bound.AtLeast(1), async run =>
                await RequestMeasurement.RunAsync(kind, await places.GetAsync(run).ConfigureAwait(false), run).ConfigureAwait(false))
            {
                IsJudgedWhenQuick = false,
            };
        }
    }

    private static IEnumerable<Row> CreateStoredRows(SharedMeasurement<SessionPlaces> places)
    {
        var apart = new SharedMeasurement<SessionPlaces>(run => Task.FromResult(run.Keep(SessionPlaces.Apart(run))));
        var stored = SessionPlaces.Kinds.ToDictionary(kind => kind, kind => new SharedMeasurement<StoredSessions>(async run =>
            await StoredSessions.FillAsync(kind, await places.GetAsync(run).ConfigureAwait(false), await apart.GetAsync(run).ConfigureAwait(false), run).ConfigureAwait(false)));
        foreach (var kind in SessionPlaces.Kinds)
        {
            yield return new($"load + save with 1,000,000 stored sessions / with 1,000, {kind}", "", Bound.AtMost(1.2), async run =>
                await LatencyMeasurement.RunAsync(await stored[kind].GetAsync(run).ConfigureAwait(false), run).ConfigureAwait(false))
            {
                IsJudgedWhenQuick = false,
            };
        }

        foreach (var (kind, seconds) in Trash)
        {
            yield return new($"trash 1,000,000 expired sessions, {kind}", "s", Bound.AtMost(seconds), async run =>
                await TrashMeasurement.RunAsync(await stored[kind].GetAsync(run).ConfigureAwait(false), run).ConfigureAwait(false))
            {
                IsJudgedWhenQuick = false,
            };
        }
    }

    private static IEnumerable<Row> CreateFrozenRows()
    {
        var frozen = new SharedMeasurement<RedisPause>(run =>
            RedisPauseMeasurement.RunAsync(SessionApp.OnRedis, RedisPauseMeasurement.Stop, TimeSpan.FromSeconds(run.Choose(full: 60, quick: 5)), run));
        yield return new("Redis frozen under 200 requests/s: threads in the pool, cores + 16", "", Bound.AtMost(Environment.ProcessorCount + FrozenThreads), frozen.Take(found => new(found.ThreadsDuring, found.DescribeThreads())));
        yield return new Row("the same: median latency of requests without a session, during / before", "", Bound.AtMost(1.1), frozen.Take(found => new(found.LatencyRatio, found.DescribeLatency()))) with
        {
            IsJudgedWhenQuick = false,
        };
        yield return new Row("the same: more requests without a session that take over 3 × the median before", "%", Bound.AtMost(1), frozen.Take(found => new(found.MoreSlow, found.DescribeSlow()))) with
        {
            IsJudgedWhenQuick = false,
        };
        yield return new("the same: longest until a request with a session has its 503, once the circuit is open", "s", Bound.AtMost(1), frozen.Take(found => found.TakeRefusals()));
    }
}
