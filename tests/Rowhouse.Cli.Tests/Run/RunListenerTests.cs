using System.Net;
using System.Net.Sockets;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

public sealed class RunListenerTests : IDisposable
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly TemporaryRoot _root = new();
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public RunListenerTests()
    {
        _root.AddApp("shop", TestRoot.Program("the shop"));
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("cert=cert.pem&key=key.pem")]
    [InlineData("cert=cert.pfx&password-file=password")]
    public async Task A_listener_of_the_command_line_speaks_tls_and_takes_a_renewed_certificate(string files)
    {
        var first = ServerCertificates.Write(_root.Root.Folder);
        await using var server = await RunningServer.StartAsync(_root.Root, "https://127.0.0.1:0?" + files);

        Assert.Equal(("the shop", first), await GetSecurelyAsync(server, HttpVersion.Version11));
        Assert.Equal(("the shop", first), await GetSecurelyAsync(server, HttpVersion.Version20));

        var second = ServerCertificates.Write(_root.Root.Folder);
        await Eventually.HoldsAsync(async () => (await GetSecurelyAsync(server, HttpVersion.Version20)).Certificate == second, "the new certificate is used");
        await server.StopAsync();
    }

    [Fact]
    public async Task A_port_and_a_unix_socket_are_served_at_once()
    {
        await using var server = await RunningServer.StartAsync(_root.Root, "http://127.0.0.1:0", "unix:web.sock?mode=660");
        var socket = Path.Combine(_root.Root.Folder, "web.sock");

        Assert.Equal(2, server.Addresses.Count);
        Assert.Equal("the shop", await server.GetTextAsync("/shop/", listener: 0));
        Assert.Equal("the shop", await server.GetTextAsync("/shop/", listener: 1));
        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(socket));

        await server.StopAsync();
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Several_listeners_may_follow_one_option()
    {
        await using var server = await RunningServer.WaitAsync(
            ChildProcess.Start("run", "--root", _root.Root.Folder, "--listen", "http://127.0.0.1:0", "unix:web.sock", "--environment", "Production"));

        Assert.Equal(2, server.Addresses.Count);
        Assert.Equal("the shop", await server.GetTextAsync("/shop/", listener: 1));
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await using var process = ChildProcess.Start(RunningServer.ArgumentsFor(_root.Root, $"http://{other.LocalEndpoint}"));

        Assert.Equal(1, await process.WaitForExitAsync());
        Assert.StartsWith($"rowhouse: RH1411: Cannot listen on http://{other.LocalEndpoint}", process.Error, StringComparison.Ordinal);
        Assert.Single(process.Error.TrimEnd().Split('\n'));
    }

    private async Task<(string Text, string? Certificate)> GetSecurelyAsync(RunningServer server, Version version)
    {
        string? seen = null;
        using var client = RunningServer.MakeClient(server.Addresses[0], hash => (seen = hash) is not null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/shop/") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request, _canceled);
        Assert.Equal(version, response.Version);
        return (await response.Content.ReadAsStringAsync(_canceled), seen);
    }
}
