using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rowhouse.Backends.Memcached;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Memcached;

/// <summary>A real memcached of one test or one class of tests, on a port or a socket of its own.</summary>
public sealed class MemcachedProcess : IAsyncDisposable
{
    private const int MaxAttempts = 5;

    private Process _process;

    private MemcachedProcess(Process process, MemcachedEndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public static bool IsInstalled { get; } = Find("memcached");

    public MemcachedEndPoint EndPoint { get; }

    public static void SkipIfMissing() =>
        Assert.SkipUnless(IsInstalled, "memcached is not installed. Get it: apt-get install memcached");

    public static async Task<MemcachedProcess> StartAsync()
    {
        SkipIfMissing();

        // Between the look for a free port and the start of memcached somebody else may take it.
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var endPoint = new MemcachedEndPoint("127.0.0.1", FreePort());
            var process = Run(endPoint);
            if (await AnswersAsync(process, endPoint))
            {
                return new MemcachedProcess(process, endPoint);
            }

            process.Dispose();
        }

        throw new InvalidOperationException($"memcached did not start in {MaxAttempts} attempts.");
    }

    public static async Task<MemcachedProcess> StartOnSocketAsync(string path)
    {
        SkipIfMissing();
        var endPoint = MemcachedEndPoint.Unix(path);
        var process = Run(endPoint);
        Assert.True(await AnswersAsync(process, endPoint), "memcached ended at once.");
        return new MemcachedProcess(process, endPoint);
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Starts it again where it was, empty.</summary>
    public async Task RestartAsync()
    {
        _process.Dispose();
        _process = Run(EndPoint);
        Assert.True(await AnswersAsync(_process, EndPoint), "memcached ended at once.");
    }

    /// <summary>Lets it hang: it takes connections, since the kernel does, and answers nothing.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static Process Run(MemcachedEndPoint endPoint)
    {
        string[] where = endPoint.SocketPath is { } path
            ? ["-s", path]
            : ["-l", endPoint.Host, "-p", endPoint.Port.ToString(CultureInfo.InvariantCulture)];
        return Process.Start(new ProcessStartInfo("memcached", [.. where, "-U", "0", "-u", Environment.UserName == "root" && endPoint.SocketPath is null ? "nobody" : Environment.UserName, "-m", "64"]) { RedirectStandardError = true })!;
    }

    private static async Task<bool> AnswersAsync(Process process, MemcachedEndPoint endPoint)
    {
        var answers = false;
        await Eventually.HoldsAsync(
            async () =>
            {
                answers = await TryConnectAsync(endPoint);
                return answers || process.HasExited;
            },
            $"memcached answers on {endPoint}");
        return answers && !process.HasExited;
    }

    private static async Task<bool> TryConnectAsync(MemcachedEndPoint endPoint)
    {
        using var socket = endPoint.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint.Resolve(), TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, kill.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
