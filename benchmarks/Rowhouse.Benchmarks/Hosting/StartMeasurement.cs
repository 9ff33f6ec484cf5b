using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>From the start of the process to the first 200. The app was compiled by an earlier start.</summary>
internal static class StartMeasurement
{
    public static Task<Measured> WelcomeAsync(BenchmarkRun run)
    {
        var root = new HostingRoot(run, "start-welcome");
        root.Add("welcome", Path.Combine(run.Checkout.Folder, "applications", "welcome"));
        return MeasureAsync(run, root, "welcome/");
    }

    public static Task<Measured> SmallAppAsync(BenchmarkRun run)
    {
        var root = new HostingRoot(run, "start-small");
        var app = new GeneratedApp("small", controllers: 1, viewsPerController: 3);
        root.Add(app);
        return MeasureAsync(run, root, app.PageAt(0, 0));
    }

    private static async Task<Measured> MeasureAsync(BenchmarkRun run, HostingRoot root, string page)
    {
        var rowhouse = await run.Checkout.PublishAsync(run.CancellationToken).ConfigureAwait(false);
        await StartAsync(rowhouse, root, page, run).ConfigureAwait(false);
        var times = new List<double>();
        for (var start = 0; start < run.Choose(full: 15, quick: 5); start++)
        {
            run.Say($"Start {start + 1}");
            times.Add(await StartAsync(rowhouse, root, page, run).ConfigureAwait(false));
        }

        return new Measured(
            Statistics.Median(times),
            string.Create(CultureInfo.InvariantCulture, $"median of {times.Count} starts: {times.Min():0.00} to {times.Max():0.00} s; Production, ReadyToRun"));
    }

    private static async Task<double> StartAsync(string rowhouse, HostingRoot root, string page, BenchmarkRun run)
    {
        var clock = Stopwatch.StartNew();
        await using var server = ServerProcess.StartRowhouse(rowhouse, root.Folder, "Production");
        await server.WaitForAsync(page, run.CancellationToken).ConfigureAwait(false);
        return clock.Elapsed.TotalSeconds;
    }
}
