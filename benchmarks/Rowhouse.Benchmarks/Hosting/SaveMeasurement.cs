using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>A developer's loop: save, reload the page. One page at a time is asked for, until it shows the new mark.</summary>
internal sealed class SaveMeasurement
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly BenchmarkRun _run;
    private readonly HostingRoot _root;
    private readonly GeneratedApp _app;
    private readonly ServerProcess _server;
    private int _mark;

    private SaveMeasurement(BenchmarkRun run, HostingRoot root, GeneratedApp app, ServerProcess server)
    {
        _run = run;
        _root = root;
        _app = app;
        _server = server;
    }

    public static async Task<SaveTimes> RunAsync(BenchmarkRun run)
    {
        var rowhouse = await run.Checkout.PublishAsync(run.CancellationToken).ConfigureAwait(false);
        var app = new GeneratedApp("office", controllers: 10, viewsPerController: 4);
        var root = new HostingRoot(run, "save");
        root.Add(app);
        await using var server = ServerProcess.StartRowhouse(rowhouse, root.Folder, "Development");
        await server.WaitForAsync(app.PageAt(0, 0), run.CancellationToken).ConfigureAwait(false);
        var measurement = new SaveMeasurement(run, root, app, server);

        var warmUps = run.Choose(full: 8, quick: 3);
        var edits = run.Choose(full: 30, quick: 7);
        await measurement.SaveAllAsync(measurement.SaveCodeAsync, warmUps).ConfigureAwait(false);
        await measurement.SaveAllAsync(measurement.SaveViewAsync, warmUps).ConfigureAwait(false);
        var views = await measurement.SaveAllAsync(measurement.SaveViewAsync, edits).ConfigureAwait(false);
        var code = await measurement.SaveAllAsync(measurement.SaveCodeAsync, edits).ConfigureAwait(false);
        return new SaveTimes(Sum(views), Sum(code));
    }

    private async Task<List<double>> SaveAllAsync(Func<int, int, Task<double>> save, int count)
    {
        var times = new List<double>();
        for (var edit = 0; edit < count; edit++)
        {
            _run.Say($"Save {edit + 1} of {count}");
            times.Add(await save(edit % _app.Controllers, edit % _app.ViewsPerController).ConfigureAwait(false));
            await _run.PauseAsync(TimeSpan.FromMilliseconds(_run.Choose(full: 400, quick: 100))).ConfigureAwait(false);
        }

        return times;
    }

    private Task<double> SaveViewAsync(int controller, int view)
    {
        var mark = ++_mark;
        return SaveAsync(_app.ViewFile(controller, view), _app.View(controller, view, mark), _app.PageAt(controller, view), GeneratedApp.ViewMark(mark));
    }

    private Task<double> SaveCodeAsync(int controller, int view)
    {
        var mark = ++_mark;
        return SaveAsync(_app.ControllerFile(controller), _app.Controller(controller, mark), _app.PageAt(controller, view), GeneratedApp.CodeMark(mark));
    }

    private async Task<double> SaveAsync(string file, string text, string page, string mark)
    {
        // A developer has looked at the page before changing it.
        _ = await _server.Client.GetStringAsync(new Uri(page, UriKind.Relative), _run.CancellationToken).ConfigureAwait(false);
        _root.Save(_app.Name, file, text);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var response = await _server.Client.GetAsync(new Uri(page, UriKind.Relative), _run.CancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(_run.CancellationToken).ConfigureAwait(false);
            var time = clock.Elapsed;
            if (response.IsSuccessStatusCode && body.Contains(mark, StringComparison.Ordinal))
            {
                return time.TotalMilliseconds;
            }

            if (!response.IsSuccessStatusCode || time > Limit)
            {
                throw new InvalidOperationException($"{(int)response.StatusCode} for {page} after a save of {file}; the new code must answer.\n{body}\n{_server.Output}");
            }
        }
    }

    private static Measured Sum(List<double> times) => new(
        Statistics.Median(times),
        string.Create(CultureInfo.InvariantCulture, $"{times.Count} edits in an app of 10 controllers and 40 views: {times.Min():0} to {times.Max():0} ms, p90 {Statistics.Quantile(times, 0.9):0} ms"));
}
