using System.Globalization;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Sessions.Requests;

/// <summary>The same app over Rowhouse's sessions and over ASP.NET Core's own on the same backend, loaded in turns.</summary>
internal static class RequestMeasurement
{
    private const int Connections = 32;

    public static async Task<Measured> RunAsync(string kind, SessionPlaces places, BenchmarkRun run)
    {
        var uri = (await places.NewAsync(kind).ConfigureAwait(false)).ToSecretString();
        var ours = ServerProcess.StartProbe(SessionApp.Command, run.Folder, SessionApp.Ours, uri);
        var stock = ServerProcess.StartProbe(SessionApp.Command, run.Folder, SessionApp.Stock, uri);
        await using (ours.ConfigureAwait(false))
        await using (stock.ConfigureAwait(false))
        {
            await Task.WhenAll(ours.WaitForAsync(SessionApp.Plain, run.CancellationToken), stock.WaitForAsync(SessionApp.Plain, run.CancellationToken)).ConfigureAwait(false);
            var oursScript = await VisitorScript.WriteAsync(ours, run.Folder, run.CancellationToken).ConfigureAwait(false);
            var stockScript = await VisitorScript.WriteAsync(stock, run.Folder, run.CancellationToken).ConfigureAwait(false);

            Task<double> LoadAsync(bool isOurs, int seconds) => RunAsync(isOurs ? ours : stock, isOurs ? oursScript : stockScript, seconds, run.CancellationToken);

            // Tier 1 and its profile take their time on two cores.
            foreach (var isOurs in run.Choose(full: new[] { false, true, false, true }, quick: [false, true]))
            {
                await LoadAsync(isOurs, run.Choose(full: 10, quick: 1)).ConfigureAwait(false);
            }

            return await AlternateAsync(kind, LoadAsync, run).ConfigureAwait(false);
        }
    }

    private static async Task<Measured> AlternateAsync(string kind, Func<bool, int, Task<double>> load, BenchmarkRun run)
    {
        var pairs = run.Choose(full: 24, quick: 1);
        var (stock, ours) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            run.Say($"Requests with a session on {kind}, pair {pair + 1} of {pairs}");

            // A B, then B A: a drift of the machine hits both alike.
            foreach (var isOurs in pair % 2 == 0 ? new[] { false, true } : [true, false])
            {
                (isOurs ? ours : stock).Add(await load(isOurs, run.Choose(full: 3, quick: 1)).ConfigureAwait(false));
            }
        }

        var (s, o) = (Statistics.Median(stock), Statistics.Median(ours));
        var ofPairs = stock.Zip(ours, (one, other) => other / one).ToList();
        return new Measured(o / s, string.Create(
            CultureInfo.InvariantCulture,
            $"medians of {pairs} pairs: {o:N0} / {s:N0} requests/s; ratios of pairs: median {Statistics.Median(ofPairs):0.000}, {ofPairs.Min():0.000} to {ofPairs.Max():0.000}"));
    }

    private static async Task<double> RunAsync(ServerProcess app, string script, int seconds, CancellationToken cancellationToken)
    {
        var result = await Wrk.RunAsync(new Uri(app.Address, SessionApp.Visit), Connections, seconds, cancellationToken, script).ConfigureAwait(false);
        return result.Failed == 0 ? result.RequestsPerSecond : throw new InvalidOperationException($"{result.Failed} requests failed.");
    }
}
