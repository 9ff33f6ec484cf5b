using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>A server in a process of its own: Rowhouse, or an app alone.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptOutput = 20_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = address, Timeout = StartLimit };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public ProcessMemory Memory => ProcessMemory.Of(_process.Id);

    /// <summary>The end of what it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts <c>rowhouse run</c>.</summary>
    public static ServerProcess StartRowhouse(string rowhouse, string root, string environment)
    {
        var address = FindAddress();
        return new(Tool.Start("dotnet", [rowhouse, "run", "--root", root, "--listen", address.GetLeftPart(UriPartial.Authority), "--environment", environment], root), address);
    }

    /// <summary>Starts a built app as <c>dotnet APP.dll</c> does.</summary>
    public static ServerProcess StartAlone(string assembly, string contentRoot) => Start([assembly], contentRoot);

    /// <summary>Starts an app that is a part of this program.</summary>
    public static ServerProcess StartProbe(string command, string contentRoot, params IEnumerable<string> arguments) =>
        Start([typeof(ServerProcess).Assembly.Location, command, .. arguments], contentRoot);

    /// <summary>Asks until the answer is 200, with a short pause in between.</summary>
    public async Task<string> WaitForAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        var answer = "no answer";
        while (!_process.HasExited && !limit.IsCancellationRequested)
        {
            try
            {
                using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), limit.Token).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
                }

                answer = $"{(int)response.StatusCode}";
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        throw new InvalidOperationException($"{Address}{path} did not answer 200 but {answer}. The server said:\n{Output}");
    }

    /// <summary>Waits until its memory no longer moves: the JIT and the collector go on for a while after the last request.</summary>
    public async Task<ProcessMemory> SettleAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var last = Memory;
        for (var still = 0; still < 4 && clock.Elapsed < longest;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            var now = Memory;
            still = Math.Abs(now.ResidentBytes - last.ResidentBytes) < last.ResidentBytes / 200 ? still + 1 : 0;
            last = now;
        }

        return last;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            UnixSignal.Send(_process.Id, UnixSignal.Terminate);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private static ServerProcess Start(IEnumerable<string> command, string contentRoot)
    {
        var address = FindAddress();
        return new(Tool.Start("dotnet", [.. command, "--urls", address.GetLeftPart(UriPartial.Authority), "--environment", "Production"], contentRoot), address);
    }

    private static Uri FindAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (_output.Length > KeptOutput)
            {
                _output.Remove(0, _output.Length - KeptOutput);
            }
        }
    }
}
