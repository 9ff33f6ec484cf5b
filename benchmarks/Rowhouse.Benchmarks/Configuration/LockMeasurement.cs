using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>
/// Kills the holder of a lock again and again, at any moment between two renewals, while others wait for it. The kinds of backends run side by side:
/// a round is mostly waiting for the lease.
/// </summary>
internal static class LockMeasurement
{
    /// <summary>A holder and two who wait, so that its death is a race.</summary>
    public const int Contenders = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A finished task for each kind, with the outcome or why there is none.</summary>
    public static async Task<IReadOnlyDictionary<string, Task<LockDeaths>>> RunAsync(BackendPlaces places, BenchmarkRun run)
    {
        var all = BackendPlaces.Kinds.ToDictionary(kind => kind, kind => RunAsync(kind, places, run), StringComparer.Ordinal);
        await ((Task)Task.WhenAll(all.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return all;
    }

    private static async Task<LockDeaths> RunAsync(string kind, BackendPlaces places, BenchmarkRun run)
    {
        var uri = await places.NewAsync(kind).ConfigureAwait(false);
        var rounds = run.Choose(full: 50, quick: 3);
        var (contenders, holdings) = (new List<LockContender>(), new List<LockHolding>());
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                // Those who are killed are replaced; the new one starts while the others wait for the lease.
                while (contenders.Count < Contenders)
                {
                    contenders.Add(await LockContender.StartAsync(uri, run.CancellationToken).ConfigureAwait(false));
                }

                var holder = await WaitForHolderAsync(contenders, run).ConfigureAwait(false);
                await run.PauseAsync(LockProbe.Lease * Random.Shared.NextDouble() * 0.75).ConfigureAwait(false);
                holdings.Add(await holder.KillAsync().ConfigureAwait(false));
                contenders.Remove(holder);
                await holder.DisposeAsync().ConfigureAwait(false);
                run.Say($"Locks, killed on {kind}: {round} of {rounds}");
            }

            await WaitForHolderAsync(contenders, run).ConfigureAwait(false);
            return new LockDeaths([.. holdings, .. await HoldersAsync(contenders).ConfigureAwait(false)]);
        }
        finally
        {
            foreach (var contender in contenders)
            {
                await contender.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<LockContender> WaitForHolderAsync(IReadOnlyList<LockContender> contenders, BenchmarkRun run)
    {
        var first = await Task.WhenAny(contenders.Select(contender => contender.Has)).WaitAsync(Patience, run.CancellationToken).ConfigureAwait(false);
        await first.ConfigureAwait(false);
        return contenders.First(contender => contender.Has == first);
    }

    private static Task<LockHolding[]> HoldersAsync(IEnumerable<LockContender> contenders) =>
        Task.WhenAll(contenders.Select(contender => contender.Has).Where(has => has.IsCompletedSuccessfully));
}
