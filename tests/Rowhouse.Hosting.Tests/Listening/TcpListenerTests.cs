using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rowhouse.Hosting.Tests;

public sealed class TcpListenerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_listeners_serve_at_once()
    {
        using var root = new ConfigRoot();
        await using var server = await ListeningServer.StartAsync(root, "http://127.0.0.1:0", "http://127.0.0.1:0?protocols=h2", "unix:r.sock");
        var urls = server.Urls.ToArray();
        Assert.Equal(3, urls.Length);
        using var client = new HttpClient();
        Assert.Equal("HTTP/1.1", await client.GetStringAsync(new Uri(urls[0]), Token));
        using var request = new HttpRequestMessage(HttpMethod.Get, urls[1]) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request, Token);
        Assert.Equal("HTTP/2", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    public async Task A_port_in_use_is_named_with_what_to_do(string listener)
    {
        using var root = new ConfigRoot();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var text = string.Format(null, listener, port);
        var error = await ListeningServer.FailAsync(root, "unix:r.sock", text);
        Assert.Equal("RH1411", error.Code);
        Assert.StartsWith($"Cannot listen on {text}: another process has this port.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"sport = :{port}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(root.PathOf("r.sock")));
    }

    [Fact]
    public async Task An_address_of_another_machine_is_explained()
    {
        using var root = new ConfigRoot();

        // 192.0.2.0/24 is nobody's (RFC 5737).
        var error = await ListeningServer.FailAsync(root, "http://192.0.2.1:8000");
        Assert.Equal("RH1413", error.Code);
        Assert.Contains("http://192.0.2.1:8000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forbidden_port_is_explained()
    {
        var error = ListenerErrors.Explain(
            new SocketException((int)SocketError.AccessDenied), new IPEndPoint(IPAddress.IPv6Any, 80), [ListenerUri.Parse("http://*:80")]);
        Assert.Equal("RH1412", error!.Code);
        Assert.Contains("http://*:80", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_about_listening_is_left_as_it_is() =>
        Assert.Null(ListenerErrors.Explain(new InvalidOperationException(), null, []));

    [Theory]
    [InlineData("http://127.0.0.1:8000", "https://127.0.0.1:8000?cert=a.pfx")]
    [InlineData("http://*:8000", "http://127.0.0.1:8000?protocols=h2")]
    [InlineData("unix:r.sock", "unix:data/../r.sock?mode=660")]
    [InlineData("http://localhost:1", "http://localhost:1")]
    public async Task The_same_address_twice_is_refused(string first, string second)
    {
        using var root = new ConfigRoot();
        Assert.Equal("RH1418", (await ListeningServer.FailAsync(root, first, second)).Code);
    }

    [Fact]
    public async Task Sockets_that_systemd_hands_over_serve()
    {
        using var root = new ConfigRoot();
        var handedOver = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handedOver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        handedOver.Listen();
        var port = ((IPEndPoint)handedOver.LocalEndPoint!).Port;
        var activation = new SocketActivation((int)handedOver.Handle, 1);

        // Kestrel owns and closes the descriptor from here on, as it does systemd's.
        handedOver.SafeHandle.SetHandleAsInvalid();
        await using var server = await ListeningServer.StartAsync(root, TimeProvider.System, NullLogger.Instance, activation, "systemd:");
        using var client = new HttpClient();
        Assert.Equal("HTTP/1.1", await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}"), Token));
    }

    [Theory]
    [InlineData(null, null, "LISTEN_FDS is not set")]
    [InlineData("1", null, "another process")]
    [InlineData("1", "8", "another process")]
    [InlineData("0", "7", "a number from 1")]
    [InlineData("x", "7", "a number from 1")]
    [InlineData("99999", "7", "a number from 1")]
    public void Without_sockets_from_systemd_the_start_is_refused(string? count, string? process, string part)
    {
        var error = Assert.Throws<RowhouseException>(() => SocketActivation.FromEnvironment(name => name == "LISTEN_FDS" ? count : process, 7));
        Assert.Equal("RH1417", error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sockets_from_systemd_begin_at_descriptor_three() =>
        Assert.Equal(new SocketActivation(3, 2), SocketActivation.FromEnvironment(name => name == "LISTEN_FDS" ? "2" : "7", 7));
}
