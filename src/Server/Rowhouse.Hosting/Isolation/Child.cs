using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Isolation;

/// <summary>One child process, from its start to its end.</summary>
internal sealed class Child
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OutputLimit = TimeSpan.FromMilliseconds(500);

    // Over the drain time: stopping hosts, closing sockets.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);

    private readonly AppHost _host;
    private readonly string _app;
    private readonly AppSettings _settings;
    private readonly ChildSockets _sockets;
    private readonly Process _process;
    private readonly ChildOutput _output;
    private volatile bool _hasExited;

    private Child(AppHost host, string app, AppSettings settings, ChildSockets sockets, Process process)
    {
        _host = host;
        _app = app;
        _settings = settings;
        _sockets = sockets;
        _process = process;
        _output = new ChildOutput(host, app);
        Connections = new ChildConnections(sockets);
        StartedAt = host.Time.GetUtcNow();
        Exited = WatchAsync();
    }

    public int ProcessId => _process.Id;

    public ChildConnections Connections { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Completes with the reason when the process has ended and its last words are read.</summary>
    public Task<string> Exited { get; }

    public bool HasExited => _hasExited;

    /// <summary>Starts a child and waits until its app answers.</summary>
    /// <exception cref="AppStartException">It did not get that far.</exception>
    public static async Task<Child> StartAsync(AppHost host, string app, AppSettings settings, CancellationToken cancellationToken)
    {
        var child = Launch(host, app, settings);
        try
        {
            await child.WaitUntilReadyAsync(cancellationToken).ConfigureAwait(false);
            return child;
        }
        catch
        {
            child.Kill();
            await child.Exited.ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The memory that the process occupies, in bytes; null once it has ended.</summary>
    public long? MeasureMemory()
    {
        try
        {
            _process.Refresh();
            return _process.HasExited ? null : _process.WorkingSet64;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>What the child says of itself; null if it does not answer.</summary>
    public async Task<ChildStatus?> FindStatusAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AskLimit);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://child" + ChildStatus.Path);
        try
        {
            using var response = await Connections.Of(HttpVersion.Version11).SendAsync(request, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<ChildStatus>(limit.Token).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or ObjectDisposedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Lets the child finish what it is doing and end; kills it when it takes longer than <paramref name="drain"/> and some seconds.</summary>
    public async Task EndAsync(TimeSpan drain)
    {
        CloseInput();
        try
        {
            await Exited.WaitAsync(drain + StopMargin, _host.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.ChildKilled(_host.Logger, _app, ProcessId, (drain + StopMargin).TotalSeconds);
            Kill();
            await Exited.ConfigureAwait(false);
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static Child Launch(AppHost host, string app, AppSettings settings)
    {
        var sockets = ChildSockets.Create();
        try
        {
            var process = Process.Start(ChildCommand.For(host, app, settings, sockets))!;
            return new Child(host, app, settings, sockets, process);
        }
        catch (Exception e)
        {
            sockets.Delete();
            throw e is Win32Exception or IOException ? new AppStartException(HostingErrors.ChildNotStarted(app, e)) : e;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_settings.StartTimeout, _host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!HasExited)
            {
                if (File.Exists(_sockets.Http1) && await FindStatusAsync(either.Token).ConfigureAwait(false) is { IsDecided: true } status)
                {
                    Check(status);
                    return;
                }

                await Task.Delay(AskEvery, _host.Time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AppStartException(HostingErrors.StartTimedOut(_app, _settings.StartTimeout));
        }

        throw new AppStartException(HostingErrors.ChildEndedAtStart(_app, await Exited.ConfigureAwait(false)));
    }

    private void Check(ChildStatus status)
    {
        // In development the child itself shows what is wrong, and mends it when the files are.
        var isDevelopment = string.Equals(_host.EnvironmentOf(_app), "Development", StringComparison.OrdinalIgnoreCase);
        if (status.State == AppState.Failed && !isDevelopment)
        {
            throw new AppStartException(HostingErrors.ChildFailed(_app, status.Reason ?? "it gives no reason"));
        }
    }

    private async Task<string> WatchAsync()
    {
        var output = Task.WhenAll(_output.ReadAsync(_process.StandardOutput), _output.ReadAsync(_process.StandardError));
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        _hasExited = true;

        // What it wrote last tells why it ended. A process that the app has started may hold the pipes open for ever.
        await Task.WhenAny(output, Task.Delay(OutputLimit, _host.Time, CancellationToken.None)).ConfigureAwait(false);
        var reason = ChildExit.Describe(_process.ExitCode);
        CloseInput();
        _sockets.Delete();
        return _output.Fatal is { } words ? $"{reason}: {words}" : reason;
    }

    // The child ends when its standard input does, which is so as well when this process is killed.
    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The other end is closed.
        }
    }
}
