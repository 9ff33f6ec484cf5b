using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Isolation;

public sealed class ForwardingTests
{
    private readonly ForwardingServer _shared;

    public ForwardingTests(ForwardingServer shared)
    {
        _shared = shared;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /APP/facts HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /App/facts/ HTTP/1.1\r\nHost: shop.example.com:8080")]
    [InlineData("GET /APP/facts/a%2Fb/%7Ec/%c3%A4/d%20e//f;g=1/%25 HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /APP/facts/a/./b/../c?x=%2F&y=a+b&&z=%zz&u=/../~ HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET http://localhost/APP/facts?absolute HTTP/1.1\r\nHost: localhost")]
    [InlineData("DELETE /APP/facts/x HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nForwarded: for=1.2.3.4\r\nVia: 1.1 proxy")]
    [InlineData("MERGE /APP/facts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nX-Many: one, two\r\nX-Empty:\r\nCookie: a=1; b=2\r\nAccept-Encoding: gzip, br\r\nX-Umlaut: \u00e4\u00f6\u00fc")]
    [InlineData("POST /APP/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: de\r\nContent-Length: 0\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    public async Task An_app_sees_the_same_request_in_a_process_of_its_own_as_in_the_servers(string request)
    {
        var server = await _shared.GetAsync();

        var (near, nearPort) = await AskAsync(server.Address, request.Replace("APP", "near", StringComparison.OrdinalIgnoreCase));
        var (apart, apartPort) = await AskAsync(server.Address, request.Replace("APP", "apart", StringComparison.OrdinalIgnoreCase));

        Assert.StartsWith("HTTP/1.1 200", near, StringComparison.Ordinal);
        Assert.Contains($"\n{nearPort}\n", near, StringComparison.Ordinal);
        Assert.Equal(
            Facts(near).Replace("near", "APP", StringComparison.Ordinal).Replace($"\n{nearPort}\n", "\nPORT\n", StringComparison.Ordinal),
            Facts(apart).Replace("apart", "APP", StringComparison.Ordinal).Replace($"\n{apartPort}\n", "\nPORT\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_the_parent_may_say_cannot_be_said_by_a_client()
    {
        var server = await _shared.GetAsync();

        var (answer, port) = await AskAsync(
            server.Address,
            "GET /apart/facts HTTP/1.1\r\nHost: localhost\r\nRowhouse-Scheme: https\r\nROWHOUSE-CLIENT: 203.0.113.9:1\r\nrowhouse-local: 203.0.113.8:2\r\nRowhouse-Path-Base: /%2Fnear\r\nRowhouse-Other: x");

        var lines = Facts(answer).Split('\n');
        Assert.Equal(["GET", "http", "localhost", "/apart", "/facts", "", "/apart/facts", "127.0.0.1", $"{port}", "127.0.0.1", $"{server.Address.Port}", "Host: localhost"], lines);
    }

    [Fact]
    public async Task The_childs_own_status_is_not_for_clients()
    {
        var server = await _shared.GetAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/_rowhouse/status")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/apart/_rowhouse/status")).StatusCode);
    }

    [Fact]
    public async Task A_web_socket_goes_through_both_ways()
    {
        var server = await _shared.GetAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("chat");
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/apart/echo" }.Uri, Cancellation);
        Assert.Equal("chat", socket.SubProtocol);
        await EchoAsync(socket);
    }

    [Fact]
    public async Task A_web_socket_over_http2_goes_through_as_well()
    {
        var server = await _shared.GetAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("chat");
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new UriBuilder(server.Server.Addresses[1]) { Scheme = "ws", Path = "/apart/echo" }.Uri, client, Cancellation);
        await EchoAsync(socket);
    }

    [Fact]
    public async Task Over_http2_trailers_arrive_and_the_version_is_kept()
    {
        var server = await _shared.GetAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(server.Server.Addresses[1]), "/apart/trailers"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal("body HTTP/2", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("42", Assert.Single(response.TrailingHeaders.GetValues("checksum")));
    }

    [Fact]
    public async Task A_streamed_response_arrives_as_it_is_written()
    {
        var server = await _shared.GetAsync();
        using var response = await server.Client.GetAsync("/apart/stream", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("first", await reader.ReadLineAsync(Cancellation));
        using var released = await server.Client.PostAsync("/apart/release", null, Cancellation);

        Assert.Equal("second", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_request_in_the_app()
    {
        var server = await _shared.GetAsync();
        using (var response = await server.Client.GetAsync("/apart/hang", HttpCompletionOption.ResponseHeadersRead, Cancellation))
        {
            Assert.Equal("False", await server.GetTextAsync("/apart/aborted"));
        }

        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/apart/aborted") == "True", "the app knows that its client has gone");
    }

    [Fact]
    public async Task A_response_that_the_app_cuts_off_is_cut_off_for_the_client()
    {
        var server = await _shared.GetAsync();
        using var response = await server.Client.GetAsync("/apart/cut", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("half of it", await reader.ReadLineAsync(Cancellation));

        using var cut = await server.Client.PostAsync("/apart/cut", null, Cancellation);

        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task An_upload_is_limited_by_nobody_but_the_app()
    {
        const int Bytes = 40 * 1024 * 1024; // Kestrel's own limit is 30 million
        var server = await _shared.GetAsync();
        using var content = new StreamContent(new MemoryStream(new byte[Bytes]));

        using var response = await server.Client.PostAsync("/apart/upload", content, Cancellation);

        Assert.Equal(Bytes.ToString(CultureInfo.InvariantCulture), await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task EchoAsync(ClientWebSocket socket)
    {
        var buffer = new byte[100];
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, Cancellation);
        var echo = await socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, echo.Count));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "enough", Cancellation);
        Assert.Equal("bye", socket.CloseStatusDescription);
    }

    private static string Facts(string response) => response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    // By hand, because a client of the framework would tidy the target and the headers.
    private static async Task<(string Response, int Port)> AskAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\r\nConnection: close\r\n\r\n"), Cancellation);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var response = await reader.ReadToEndAsync(Cancellation);
        return (response.Contains("chunked", StringComparison.Ordinal) ? Unchunk(response) : response, ((IPEndPoint)client.Client.LocalEndPoint!).Port);
    }

    private static string Unchunk(string response)
    {
        var body = Facts(response);
        var result = new StringBuilder(response[..^body.Length]);
        while (body.Length > 0)
        {
            var end = body.IndexOf("\r\n", StringComparison.Ordinal);
            var length = int.Parse(body[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            result.Append(body, end + 2, length);
            body = body[(end + 2 + length + 2)..];
        }

        return result.ToString();
    }
}
