using System.Globalization;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>Changes an app's code again and again while wrk keeps its connections busy and a client reads every body.</summary>
internal sealed class LoadedReloadMeasurement
{
    private const int Connections = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly BenchmarkRun _run;
    private readonly HostingRoot _root;
    private readonly GeneratedApp _app;
    private readonly ServerProcess _server;
    private readonly List<string> _failures = [];
    private TaskCompletionSource _seen = new();
    private int _wanted;
    private long _checked;

    private LoadedReloadMeasurement(BenchmarkRun run, HostingRoot root, GeneratedApp app, ServerProcess server)
    {
        _run = run;
        _root = root;
        _app = app;
        _server = server;
    }

    public static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        var rowhouse = await run.Checkout.PublishAsync(run.CancellationToken).ConfigureAwait(false);
        var app = new GeneratedApp("busy", controllers: 1, viewsPerController: 2);
        var root = new HostingRoot(run, "loaded");
        root.Add(app);
        await using var server = ServerProcess.StartRowhouse(rowhouse, root.Folder, "Production");
        await server.WaitForAsync(app.PageAt(0, 0), run.CancellationToken).ConfigureAwait(false);
        return await new LoadedReloadMeasurement(run, root, app, server).RunAsync(run.Choose(full: 100, quick: 10)).ConfigureAwait(false);
    }

    private async Task<Measured> RunAsync(int reloads)
    {
        using var wrk = Wrk.Start(new Uri(_server.Address, _app.PageAt(0, 1)), Connections);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(_run.CancellationToken);
        var reading = Task.Run(() => ReadAsync(done.Token), CancellationToken.None);
        for (var mark = 1; mark <= reloads; mark++)
        {
            _run.Say($"Reload {mark} of {reloads} under load");
            _seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _wanted, mark);
            _root.Save(_app.Name, _app.ControllerFile(0), _app.Controller(0, mark));
            await _seen.Task.WaitAsync(Limit, TimeProvider.System, _run.CancellationToken).ConfigureAwait(false);
        }

        await _run.PauseAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        var load = await wrk.StopAsync(_run.CancellationToken).ConfigureAwait(false);
        return new Measured(
            load.Failed + _failures.Count,
            string.Create(CultureInfo.InvariantCulture, $"{reloads} reloads; wrk: {load.Requests:N0} requests, {load.Failed} failed; bodies read: {_checked:N0}, {_failures.Count} wrong")
                + (_failures.Count > 0 ? "; the first: " + _failures[0] : ""));
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var last = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // Not cancelled: a request that was sent is to be answered.
                using var response = await _server.Client.GetAsync(new Uri(_app.PageAt(0, 0), UriKind.Relative), CancellationToken.None).ConfigureAwait(false);
                var body = await response.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
                _checked++;
                last = Check((int)response.StatusCode, body, last);
            }
            catch (HttpRequestException e)
            {
                _failures.Add(e.Message);
            }
        }
    }

    // Whole, and from the code that served last or from the one that was saved since; never from an older one.
    private int Check(int status, string body, int last)
    {
        var wanted = Volatile.Read(ref _wanted);
        foreach (var mark in Enumerable.Range(last, wanted - last + 1).Reverse())
        {
            if (status == 200 && body.EndsWith("</html>", StringComparison.Ordinal) && body.Contains(GeneratedApp.CodeMark(mark), StringComparison.Ordinal))
            {
                if (mark == wanted)
                {
                    _seen.TrySetResult();
                }

                return mark;
            }
        }

        _failures.Add($"{status} {body[..Math.Min(body.Length, 200)]}");
        return last;
    }
}
