using System.Globalization;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>The same published app, hosted and alone, loaded in turns.</summary>
internal static class ThroughputMeasurement
{
    private const int Connections = 32;

    public static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        var rowhouse = await run.Checkout.PublishAsync(run.CancellationToken).ConfigureAwait(false);
        var app = await PublishedApp.MakeAsync(run, PageApp.Name, PageApp.Create()).ConfigureAwait(false);
        var root = new HostingRoot(run, "throughput");
        root.Add(PageApp.Name, app);

        await using var alone = ServerProcess.StartAlone(Path.Combine(app, PageApp.Name + ".dll"), app);
        await using var hosted = ServerProcess.StartRowhouse(rowhouse, root.Folder, "Production");
        var (alonePage, hostedPage) = (new Uri(alone.Address, PageApp.Page), new Uri(hosted.Address, $"{PageApp.Name}/{PageApp.Page}"));
        await CompareAsync(alone, alonePage, hosted, hostedPage, run).ConfigureAwait(false);

        // Tier 1 and its profile take their time on two cores.
        foreach (var page in new[] { alonePage, hostedPage, alonePage, hostedPage })
        {
            await Wrk.RunAsync(page, Connections, run.Choose(full: 10, quick: 1), run.CancellationToken).ConfigureAwait(false);
        }

        return await AlternateAsync(alonePage, hostedPage, run).ConfigureAwait(false);
    }

    private static async Task<Measured> AlternateAsync(Uri alonePage, Uri hostedPage, BenchmarkRun run)
    {
        var pairs = run.Choose(full: 24, quick: 3);
        var (alone, hosted) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            run.Say($"Throughput, pair {pair + 1} of {pairs}");
            // A B, then B A: a drift of the machine hits both alike.
            foreach (var isHosted in pair % 2 == 0 ? new[] { false, true } : [true, false])
            {
                var result = await Wrk.RunAsync(isHosted ? hostedPage : alonePage, Connections, run.Choose(full: 3, quick: 1), run.CancellationToken).ConfigureAwait(false);
                (isHosted ? hosted : alone).Add(result.Failed == 0 ? result.RequestsPerSecond : throw new InvalidOperationException($"{result.Failed} requests failed."));
            }
        }

        var (a, h) = (Statistics.Median(alone), Statistics.Median(hosted));
        var ofPairs = alone.Zip(hosted, (one, other) => other / one).ToList();
        return new Measured(
            h / a,
            string.Create(CultureInfo.InvariantCulture, $"medians of {pairs} pairs: {h:N0} / {a:N0} requests/s; ratios of pairs: median {Statistics.Median(ofPairs):0.000}, {ofPairs.Min():0.000} to {ofPairs.Max():0.000}"));
    }

    // What is compared must be the same work.
    private static async Task CompareAsync(ServerProcess alone, Uri alonePage, ServerProcess hosted, Uri hostedPage, BenchmarkRun run)
    {
        var a = await alone.WaitForAsync(alonePage.AbsolutePath, run.CancellationToken).ConfigureAwait(false);
        var h = await hosted.WaitForAsync(hostedPage.AbsolutePath, run.CancellationToken).ConfigureAwait(false);
        if (a != h.Replace($"/{PageApp.Name}/", "/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The peers answer differently.\n{a}\n{h}");
        }
    }
}
