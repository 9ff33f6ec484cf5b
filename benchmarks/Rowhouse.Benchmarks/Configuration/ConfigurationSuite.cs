using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>The figures of configuration and backends: what a value costs, and what happens when nodes start, die or lose their Redis.</summary>
internal sealed class ConfigurationSuite : ISuite
{
    public string Name => "configuration";

    public IReadOnlyList<Row> CreateRows()
    {
        var take = new SharedMeasurement<TakeCost>(TakeMeasurement.RunAsync);
        return
        [
            new("Take<T> of a cached value", "ns", Bound.AtMost(50), take.Take(cost => new(cost.Nanoseconds, cost.Detail))),
            new("Take<T> of a cached value: allocated", "bytes", Bound.AtMost(0), take.Take(cost => new(cost.Bytes, ""))),
            .. CreateBackendRows(),
            .. CreateRedisRows(),
        ];
    }

    private static IEnumerable<Row> CreateBackendRows()
    {
        var places = new SharedMeasurement<BackendPlaces>(run => Task.FromResult(run.Keep(new BackendPlaces(run))));
        var keys = new SharedMeasurement<KeysMeasurement>(async run => run.Keep(new KeysMeasurement(await places.GetAsync(run).ConfigureAwait(false))));
        var locks = new SharedMeasurement<IReadOnlyDictionary<string, Task<LockDeaths>>>(async run =>
            await LockMeasurement.RunAsync(await places.GetAsync(run).ConfigureAwait(false), run).ConfigureAwait(false));
        foreach (var kind in BackendPlaces.Kinds)
        {
            yield return new($"8 starts at once on an empty key store, {kind}: rounds with an error or other than 1 key", "", Bound.AtMost(0), async run =>
                await (await keys.GetAsync(run).ConfigureAwait(false)).RunAsync(kind, run).ConfigureAwait(false));
        }

        foreach (var kind in BackendPlaces.Kinds)
        {
            Row Create(string name, string unit, double limit, Func<LockDeaths, Measured> take) => new(name, unit, Bound.AtMost(limit), async run =>
                take(await (await locks.GetAsync(run).ConfigureAwait(false))[kind].ConfigureAwait(false)));
            yield return Create($"lock holder killed, {kind}: the next holder's wait beyond the lease, longest", "s", 1, deaths => new(deaths.SecondsBeyondLease, deaths.Describe()));
            yield return Create($"lock holder killed, {kind}: two at a time, or a token that is not larger", "", 0, deaths => new(deaths.Overlaps, ""));
        }
    }

    private static IEnumerable<Row> CreateRedisRows()
    {
        var pauses = new SharedMeasurement<IReadOnlyDictionary<string, Task<RedisPause>>>(RedisPauseMeasurement.RunAsync);
        foreach (var how in RedisPauseMeasurement.Ways)
        {
            Row Create(string name, double limit, Func<RedisPause, Measured> take) => new($"Redis paused under load ({how}): {name}", "", Bound.AtMost(limit), async run =>
                take(await (await pauses.GetAsync(run).ConfigureAwait(false))[how].ConfigureAwait(false)));
            yield return Create("more thread-pool threads", 16, found => new(found.ThreadGrowth, found.DescribeThreads()));
            yield return Create("median latency of requests that do not need it, during / before", 1.1, found => new(found.LatencyRatio, found.DescribeLatency())) with
            {
                IsJudgedWhenQuick = false,
            };
        }
    }
}
