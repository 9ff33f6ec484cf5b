using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>
/// Stops Redis under an app that is asked for pages that need it and for pages that do not. An app beside it keeps its Redis and has the same load,
/// since a machine that others use too changes by more than the bound within a minute.
/// </summary>
internal sealed class RedisPauseMeasurement
{
    /// <summary>Connections stay open and nobody reads from them.</summary>
    public const string Stop = "SIGSTOP";

    private const string PauseClients = "CLIENT PAUSE";

    private readonly BenchmarkRun _run;
    private readonly string _how;
    private readonly AppOnRedis _app;
    private readonly AppOnRedis _peer;
    private readonly TimeSpan _length;

    private RedisPauseMeasurement(BenchmarkRun run, string how, TimeSpan length, AppOnRedis app, AppOnRedis peer)
    {
        _run = run;
        _how = how;
        _app = app;
        _peer = peer;
        _length = length;
    }

    /// <summary>After SIGSTOP connections stay open and nobody reads from them; after CLIENT PAUSE Redis reads, and answers nothing.</summary>
    public static IReadOnlyList<string> Ways { get; } = [Stop, PauseClients];

    /// <summary>A finished task for each way, with the outcome or why there is none.</summary>
    public static async Task<IReadOnlyDictionary<string, Task<RedisPause>>> RunAsync(BenchmarkRun run)
    {
        var length = TimeSpan.FromSeconds(run.Choose(full: 30, quick: 4));
        var peer = await AppOnRedis.StartAsync(RedisApp.Kind, run).ConfigureAwait(false);
        await using (peer.ConfigureAwait(false))
        {
            var all = new Dictionary<string, Task<RedisPause>>(StringComparer.Ordinal);
            foreach (var how in Ways)
            {
                all[how] = RunAsync(run, how, length, peer);

                // One after the other, since they disturb one another; a quick run, which does not judge the latency, has no time for that.
                if (!run.IsQuick)
                {
                    await ((Task)all[how]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            await ((Task)Task.WhenAll(all.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return all;
        }
    }

    /// <summary>What comes of one way.</summary>
    public static async Task<RedisPause> RunAsync(AppKind kind, string how, TimeSpan length, BenchmarkRun run)
    {
        var peer = await AppOnRedis.StartAsync(kind, run).ConfigureAwait(false);
        await using (peer.ConfigureAwait(false))
        {
            return await RunAsync(run, how, length, peer).ConfigureAwait(false);
        }
    }

    private static async Task<RedisPause> RunAsync(BenchmarkRun run, string how, TimeSpan length, AppOnRedis peer)
    {
        run.Say($"Redis paused by {how}");
        var app = await AppOnRedis.StartAsync(peer.Kind, run).ConfigureAwait(false);
        await using (app.ConfigureAwait(false))
        {
            return await new RedisPauseMeasurement(run, how, length, app, peer).MeasureAsync().ConfigureAwait(false);
        }
    }

    private async Task<RedisPause> MeasureAsync()
    {
        var (load, peerLoad) = (new AppLoad(_app), new AppLoad(_peer));
        await using (load.ConfigureAwait(false))
        await using (peerLoad.ConfigureAwait(false))
        {
            // Tier 1 and its profile take their time, and so do connections.
            await _run.PauseAsync(TimeSpan.FromSeconds(_run.Choose(full: 15, quick: 3))).ConfigureAwait(false);
            await _app.TakeThreadsAsync(_run.CancellationToken).ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            await _run.PauseAsync(_run.Choose(full: _length, quick: TimeSpan.FromSeconds(3))).ConfigureAwait(false);

            var threadsBefore = await _app.TakeThreadsAsync(_run.CancellationToken).ConfigureAwait(false);
            var paused = Stopwatch.GetTimestamp();
            await PauseAsync().ConfigureAwait(false);
            await _run.PauseAsync(_length - Stopwatch.GetElapsedTime(paused)).ConfigureAwait(false);
            var resumed = Stopwatch.GetTimestamp();
            await ResumeAsync().ConfigureAwait(false);
            var threadsDuring = await _app.TakeThreadsAsync(_run.CancellationToken).ConfigureAwait(false);

            await _app.WaitAsync(_run.CancellationToken).ConfigureAwait(false);
            var recovery = Stopwatch.GetElapsedTime(resumed);
            await Task.WhenAll(load.StopAsync(), peerLoad.StopAsync()).ConfigureAwait(false);
            Check([.. load.Plain.Between(started, resumed), .. load.Needing.Between(started, paused).Where(sample => sample.IsAnsweredBy(paused)), .. peerLoad.Plain.Between(started, resumed), .. peerLoad.Needing.Between(started, resumed)]);
            return new RedisPause(
                _length,
                LatencyChange.Of(load.Plain, started, paused, resumed),
                LatencyChange.Of(peerLoad.Plain, started, paused, resumed),
                load.Needing.Between(paused, resumed),
                threadsBefore,
                threadsDuring,
                recovery);
        }
    }

    private async Task PauseAsync()
    {
        if (_how == Stop)
        {
            await _app.Redis.PauseAsync().ConfigureAwait(false);
            return;
        }

        var answer = await _app.Redis.SendAsync(string.Create(CultureInfo.InvariantCulture, $"CLIENT PAUSE {_length.TotalMilliseconds:0} ALL")).ConfigureAwait(false);
        if (answer != "+OK")
        {
            throw new InvalidOperationException($"Redis does not pause: {answer}");
        }
    }

    // CLIENT PAUSE ends by itself.
    private Task ResumeAsync() => _how == Stop ? _app.Redis.ResumeAsync() : Task.CompletedTask;

    private static void Check(IEnumerable<LoadSample> samples)
    {
        if (samples.FirstOrDefault(sample => sample.Status != (int)HttpStatusCode.OK) is { } failed)
        {
            throw new InvalidOperationException($"A request that had what it needs was answered with {failed.Status} after {failed.Elapsed.TotalMilliseconds:0} ms.");
        }
    }
}
