using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Tests;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>Stops Redis under an app that is asked for pages that need it and for pages that do not.</summary>
internal sealed class RedisPauseMeasurement
{
    public const int PlainPerSecond = 200;

    private const int NeedingPerSecond = 100;

    private readonly BenchmarkRun _run;
    private readonly RedisServer _redis;
    private readonly ServerProcess _app;

    private RedisPauseMeasurement(BenchmarkRun run, RedisServer redis, ServerProcess app)
    {
        _run = run;
        _redis = redis;
        _app = app;
    }

    /// <summary>
    /// After SIGSTOP connections stay open and nobody reads from them; after CLIENT PAUSE Redis reads, and answers nothing.
    /// </summary>
    public static IReadOnlyList<string> Ways { get; } = ["SIGSTOP", "CLIENT PAUSE"];

    /// <summary>A finished task for each way, with the outcome or why there is none.</summary>
    public static async Task<IReadOnlyDictionary<string, Task<RedisPause>>> RunAsync(BenchmarkRun run)
    {
        var all = new Dictionary<string, Task<RedisPause>>(StringComparer.Ordinal);
        foreach (var how in Ways)
        {
            all[how] = how == "SIGSTOP"
                ? RunAsync(run, measurement => measurement._redis.PauseAsync(), measurement => measurement._redis.ResumeAsync())
                : RunAsync(run, measurement => measurement.PauseClientsAsync(), _ => Task.CompletedTask);

            // One after the other, since they disturb one another; a quick run, which does not judge the latency, has no time for that.
            if (!run.IsQuick)
            {
                await ((Task)all[how]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await ((Task)Task.WhenAll(all.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return all;
    }

    private static TimeSpan Length(BenchmarkRun run) => TimeSpan.FromSeconds(run.Choose(full: 30, quick: 4));

    private static async Task<RedisPause> RunAsync(BenchmarkRun run, Func<RedisPauseMeasurement, Task> pause, Func<RedisPauseMeasurement, Task> resume)
    {
        var redis = await BackendPlaces.StartRedisAsync().ConfigureAwait(false);
        await using (redis.ConfigureAwait(false))
        {
            // A quick run is shorter than the time-out that a URI has by itself, which is 5 s.
            var uri = $"redis://127.0.0.1:{redis.Port}/0{run.Choose(full: "", quick: "?command-timeout=1s")}";
            var app = ServerProcess.StartProbe(RedisApp.Command, run.Folder, uri);
            await using (app.ConfigureAwait(false))
            {
                await app.WaitForAsync(RedisApp.Counter, run.CancellationToken).ConfigureAwait(false);
                return await new RedisPauseMeasurement(run, redis, app).MeasureAsync(pause, resume).ConfigureAwait(false);
            }
        }
    }

    private async Task<RedisPause> MeasureAsync(Func<RedisPauseMeasurement, Task> pause, Func<RedisPauseMeasurement, Task> resume)
    {
        var plain = new SteadyLoad(_app, RedisApp.Plain, PlainPerSecond);
        var needing = new SteadyLoad(_app, RedisApp.Counter, NeedingPerSecond);
        await using (plain.ConfigureAwait(false))
        await using (needing.ConfigureAwait(false))
        {
            // Tier 1 and its profile take their time, and so do connections.
            await _run.PauseAsync(TimeSpan.FromSeconds(_run.Choose(full: 15, quick: 3))).ConfigureAwait(false);
            await TakeThreadsAsync().ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            await _run.PauseAsync(TimeSpan.FromSeconds(_run.Choose(full: 15, quick: 3))).ConfigureAwait(false);

            var threadsBefore = await TakeThreadsAsync().ConfigureAwait(false);
            var paused = Stopwatch.GetTimestamp();
            await pause(this).ConfigureAwait(false);
            await _run.PauseAsync(Length(_run) - Stopwatch.GetElapsedTime(paused)).ConfigureAwait(false);
            var resumed = Stopwatch.GetTimestamp();
            await resume(this).ConfigureAwait(false);
            var threadsDuring = await TakeThreadsAsync().ConfigureAwait(false);

            await _app.WaitForAsync(RedisApp.Counter, _run.CancellationToken).ConfigureAwait(false);
            var recovery = Stopwatch.GetElapsedTime(resumed);
            await plain.StopAsync().ConfigureAwait(false);
            await needing.StopAsync().ConfigureAwait(false);
            Check(plain.Between(started, resumed).Concat(needing.Between(started, paused)));
            return new RedisPause(Length(_run), plain.Between(started, paused), plain.Between(paused, resumed), needing.Between(paused, resumed), threadsBefore, threadsDuring, recovery);
        }
    }

    private async Task<int> TakeThreadsAsync()
    {
        var text = await _app.Client.GetStringAsync(new Uri(RedisApp.Threads, UriKind.Relative), _run.CancellationToken).ConfigureAwait(false);
        return int.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task PauseClientsAsync()
    {
        var answer = await _redis.SendAsync(string.Create(CultureInfo.InvariantCulture, $"CLIENT PAUSE {Length(_run).TotalMilliseconds:0} ALL")).ConfigureAwait(false);
        if (answer != "+OK")
        {
            throw new InvalidOperationException($"Redis does not pause: {answer}");
        }
    }

    private static void Check(IEnumerable<LoadSample> samples)
    {
        if (samples.FirstOrDefault(sample => sample.Status != (int)HttpStatusCode.OK) is { } failed)
        {
            throw new InvalidOperationException($"A request that had what it needs was answered with {failed.Status} after {failed.Elapsed.TotalMilliseconds:0} ms.");
        }
    }
}
