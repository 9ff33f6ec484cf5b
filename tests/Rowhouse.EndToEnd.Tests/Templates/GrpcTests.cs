using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Rowhouse.EndToEnd.Tests.Templates.Greetings;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>gRPC over HTTP/2 without TLS, on host names of <c>[routes]</c>.</summary>
[Collection<SharedTemplateServer>]
public sealed class GrpcTests
{
    private readonly TemplateServer _server;
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public GrpcTests(TemplateServer server)
    {
        _server = server;
    }

    [Fact]
    public async Task The_unmodified_template_greets_on_its_own_host()
    {
        using var channel = Open(TemplateServer.GrpcHost);

        var reply = await new Greeter.GreeterClient(channel).SayHelloAsync(new HelloRequest { Name = "Ada" }, cancellationToken: _canceled);

        Assert.Equal("Hello Ada", reply.Message);
    }

    [Fact]
    public async Task A_call_that_streams_sends_each_message_and_its_trailers()
    {
        using var channel = Open(TemplateServer.GrpcStreamHost);
        using var call = new Greeter.GreeterClient(channel).SayHellos(new HelloRequest { Name = "Ada" }, cancellationToken: _canceled);

        var greetings = new List<string>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync(_canceled))
        {
            greetings.Add(reply.Message);
        }

        Assert.Equal(["Hello Ada 1", "Hello Ada 2", "Hello Ada 3"], greetings);
        Assert.Equal("3", call.GetTrailers().GetValue("count"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_method_that_the_template_does_not_have_is_unimplemented()
    {
        using var channel = Open(TemplateServer.GrpcHost);
        using var call = new Greeter.GreeterClient(channel).SayHellos(new HelloRequest(), cancellationToken: _canceled);

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(_canceled));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    private GrpcChannel Open(string host) => GrpcChannel.ForAddress(
        new UriBuilder(_server.Http2Address) { Host = host }.Uri,
        new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync }, DisposeHttpClient = true });

    // The name is nobody's: what it stands for is this machine.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_server.Http2Address.Host, context.DnsEndPoint.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
