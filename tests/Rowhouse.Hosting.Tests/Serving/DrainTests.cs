using System.Net.WebSockets;
using System.Runtime.Loader;
using System.Text;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>What becomes of the old instance.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_request_that_is_under_way_finishes_on_the_old_instance_while_others_run_on_the_new_one(string environment)
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one"));
        await using var server = await TestServer.StartAsync(_root, environment);
        await using var slow = await SlowRequest.BeginAsync(server, "/shop/slow");

        await ReloadAsync(server, "two");
        Assert.Empty(SlowApp.Stops(_root));

        SlowApp.Release(_root);
        Assert.Equal("begun one finished", await slow.ReadToEndAsync());
        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "the old instance's hosted services are stopped");
        Assert.Equal("two", await server.GetTextAsync("/shop/"));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_request_that_takes_longer_than_the_drain_time_is_cut_and_its_instance_stopped()
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one"));
        _root.WriteConfig("[app:shop]\ndrain = 300ms\n");
        await using var server = await TestServer.StartAsync(_root, "Production");
        await using var slow = await SlowRequest.BeginAsync(server, "/shop/slow");

        await ReloadAsync(server, "two");

        await Assert.ThrowsAnyAsync<IOException>(() => slow.ReadToEndAsync());
        SlowApp.Release(_root);
        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "the old instance's hosted services are stopped");
        Assert.Equal("two", await server.GetTextAsync("/shop/"));
    }

    [Fact]
    public async Task A_web_socket_is_told_to_close_when_its_app_is_reloaded_and_a_new_one_reaches_the_new_instance()
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one"));
        await using var server = await TestServer.StartAsync(_root, "Production");
        using var socket = await ConnectAsync(server);
        Assert.Equal("hello", await EchoAsync(socket, "hello"));

        await ReloadAsync(server, "two");
        var close = await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);

        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (close.MessageType, socket.CloseStatus));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "the old instance is stopped long before its drain time");
        using var next = await ConnectAsync(server);
        Assert.Equal("again", await EchoAsync(next, "again"));
    }

    [Fact]
    public async Task An_instance_that_has_drained_is_unloaded()
    {
        // The name stands for the load contexts of this test alone.
        _root.Write("unloaded", "Program.cs", SlowApp.Program("one"));
        await using var server = await TestServer.StartAsync(_root, "Production");
        await using (var slow = await SlowRequest.BeginAsync(server, "/unloaded/slow"))
        {
            await ReloadAsync(server, "two", "unloaded");
            Assert.True(IsLoaded("unloaded#1"));
            SlowApp.Release(_root);
            await slow.ReadToEndAsync();
        }

        await Eventually.HoldsAsync(() => !IsLoaded("unloaded#1"), "the old instance is out of memory");
        Assert.True(IsLoaded("unloaded#2"));
        Assert.Equal(0, server.StatusOf("unloaded").LeakedInstances);
    }

    private static bool IsLoaded(string context) => AssemblyLoadContext.All.Any(loaded => loaded.Name == context);

    private static async Task<ClientWebSocket> ConnectAsync(TestServer server)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/shop/socket" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, got.Count);
    }

    private async Task ReloadAsync(TestServer server, string version, string app = "shop")
    {
        _root.Write(app, "Program.cs", SlowApp.Program(version));
        await Eventually.HoldsAsync(async () => await server.GetTextAsync($"/{app}/") == version, "the new instance answers");
    }
}
