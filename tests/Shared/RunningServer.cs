using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Rowhouse.Hosting;

namespace Rowhouse.Tests;

/// <summary><c>rowhouse run</c> as a process of its own, and a client for it.</summary>
public sealed partial class RunningServer : IAsyncDisposable
{
    private RunningServer(ChildProcess process)
    {
        Process = process;
        Addresses = [.. ListensOn().Matches(process.Output).Select(match => match.Groups[1].Value)];
        Client = MakeClient(Addresses[0]);
    }

    public ChildProcess Process { get; }

    /// <summary>The addresses it says that it listens on.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>A client for the first address.</summary>
    public HttpClient Client { get; }

    public static Task<RunningServer> StartAsync(ServerRoot root, params string[] listeners) =>
        WaitAsync(ChildProcess.Start(ArgumentsFor(root, listeners)));

    /// <summary>Waits until the process says that it serves.</summary>
    public static async Task<RunningServer> WaitAsync(ChildProcess process)
    {
        try
        {
            await process.WaitForOutputAsync("Ctrl+C stops it.");
            return new RunningServer(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What to give the command line; without listeners, one on a free port.</summary>
    public static string[] ArgumentsFor(ServerRoot root, params string[] listeners) =>
        ["run", "--root", root.Folder, .. (listeners.Length == 0 ? ["http://127.0.0.1:0"] : listeners).SelectMany(listener => new[] { "--listen", listener })];

    /// <summary>A client for an address as the server prints it, which asks about certificates by their hash.</summary>
    public static HttpClient MakeClient(string address, Func<string, bool>? trusts = null)
    {
        var socketPath = UnixAddress().Match(address) is { Success: true } unix ? unix.Groups[1].Value : null;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => trusts?.Invoke(certificate!.GetCertHashString()) == true,
            },
        };
        if (socketPath is not null)
        {
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(socketPath, cancellation);
        }

        return new HttpClient(handler) { BaseAddress = new Uri(socketPath is null ? address : "http://any"), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>GETs from the address numbered <paramref name="listener"/>.</summary>
    public async Task<string> GetTextAsync(string path, int listener = 0)
    {
        using var client = MakeClient(Addresses[listener]);
        return await client.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until nobody listens on the first address any more.</summary>
    public Task WaitUntilClosedAsync() => Eventually.HoldsAsync(
        async () =>
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port, TestContext.Current.CancellationToken);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        },
        "the listener is closed");

    /// <summary>Sends SIGTERM and expects a clean end: exit code 0 and nothing worse than information in the log.</summary>
    public async Task StopAsync()
    {
        Process.Signal("TERM");
        await AssertCleanEndAsync();
    }

    public async Task AssertCleanEndAsync()
    {
        Assert.Equal(0, await Process.WaitForExitAsync());
        Assert.DoesNotMatch("\"LogLevel\":\"(Warning|Error|Critical)\"", Process.Error);
        Assert.DoesNotContain("   at ", Process.Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"^  listens on +(\S+)$", RegexOptions.Multiline)]
    private static partial Regex ListensOn();

    [GeneratedRegex("^(?:http://)?unix:(?://)?(/.+)$")]
    private static partial Regex UnixAddress();
}
