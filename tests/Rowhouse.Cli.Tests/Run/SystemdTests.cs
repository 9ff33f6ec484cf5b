using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

public sealed class SystemdTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly string _socketPath;

    public SystemdTests()
    {
        _root.AddApp("shop", TestRoot.Program("the shop"));
        _socketPath = Path.Combine(_root.Root.Folder, "web.sock");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Systemd_is_told_that_the_server_is_ready_alive_and_stopping()
    {
        using var systemd = new NotifySocket(Path.Combine(_root.Root.Folder, "notify"));
        await using var process = StartProcess(("NOTIFY_SOCKET", systemd.Path), ("WATCHDOG_USEC", "400000"));

        await systemd.ReceiveUntilAsync("READY=1");
        using var client = RunningServer.MakeClient("unix:" + _socketPath);
        Assert.Equal("the shop", await client.GetStringAsync("/shop/", TestContext.Current.CancellationToken));
        for (var i = 0; i < 5; i++)
        {
            await systemd.ReceiveUntilAsync("WATCHDOG=1");
        }

        process.Signal("TERM");
        await systemd.ReceiveUntilAsync("STOPPING=1");
        Assert.Equal(0, await process.WaitForExitAsync());
    }

    [Fact]
    public async Task Systemd_hears_nothing_between_start_and_stop_where_there_is_no_watchdog()
    {
        using var systemd = new NotifySocket(Path.Combine(_root.Root.Folder, "notify"));
        await using var process = StartProcess(("NOTIFY_SOCKET", systemd.Path));

        await systemd.ReceiveUntilAsync("READY=1");
        Assert.Empty(await systemd.ReceiveForAsync(TimeSpan.FromSeconds(1)));
        process.Signal("TERM");

        Assert.Equal(["STOPPING=1"], await systemd.ReceiveUntilAsync("STOPPING=1"));
        Assert.Equal(0, await process.WaitForExitAsync());
    }

    [Fact]
    public async Task Sockets_that_systemd_opened_are_served_and_left_to_it()
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "systemd-socket-activate"))),
            "systemd-socket-activate is not here; install it with: apt-get install systemd");
        var address = $"127.0.0.1:{FindFreePort().ToString(CultureInfo.InvariantCulture)}";
        await using var process = ChildProcess.StartCommand(
            ["systemd-socket-activate", "-l", address, "-l", _socketPath, "dotnet", ChildProcess.CommandLine, .. RunningServer.ArgumentsFor(_root.Root, "systemd:")]);
        await process.WaitForErrorAsync(_socketPath);

        // It starts the server with the first connection, which waits until the server takes it.
        using var tcp = RunningServer.MakeClient("http://" + address);
        using var unix = RunningServer.MakeClient("unix:" + _socketPath);
        Assert.Equal("the shop", await tcp.GetStringAsync("/shop/", TestContext.Current.CancellationToken));
        Assert.Equal("the shop", await unix.GetStringAsync("/shop/", TestContext.Current.CancellationToken));
        process.Signal("TERM");

        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.True(File.Exists(_socketPath));
    }

    private ChildProcess StartProcess(params (string Name, string Value)[] variables) =>
        ChildProcess.StartCommand(["dotnet", ChildProcess.CommandLine, .. RunningServer.ArgumentsFor(_root.Root, "unix:" + _socketPath)], variables);

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
