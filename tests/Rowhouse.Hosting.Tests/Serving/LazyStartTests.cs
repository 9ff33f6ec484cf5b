using System.Net.WebSockets;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class LazyStartTests : IDisposable
{
    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_lazy_app_starts_with_its_first_request_and_once_for_many_at_the_same_time(string environment)
    {
        _root.WriteApp("shop", "hello");
        _root.WriteApp("eager", "hello");
        _root.WriteConfig("[app:shop]\nstart = lazy\n");
        await using var server = await TestServer.StartAsync(_root, environment);
        await server.WaitForAsync("eager", AppState.Running);
        Assert.Equal((AppState.Idle, 0), (server.StatusOf("shop").State, server.StatusOf("shop").Instance));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.GetTextAsync("/shop/")));

        Assert.Equal("hello", Assert.Single(answers.Distinct()));
        Assert.Equal((AppState.Running, 1), (server.StatusOf("shop").State, server.StatusOf("shop").Instance));
    }

    [Fact]
    public async Task A_lazy_app_that_is_changed_before_its_first_request_starts_with_the_change()
    {
        _root.WriteApp("shop", "old");
        _root.WriteConfig("[app:shop]\nstart = lazy\n");
        await using var server = await TestServer.StartAsync(_root);

        _root.WriteApp("shop", "new");
        _root.WriteApp("marker", "seen");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/marker/") == "seen", "later changes are seen");
        Assert.Equal(AppState.Idle, server.StatusOf("shop").State);

        Assert.Equal("new", await server.GetTextAsync("/shop/"));
        Assert.Equal(1, server.StatusOf("shop").Instance);
    }

    [Fact]
    public async Task An_idle_app_is_unloaded_and_comes_back_with_the_next_request()
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one"));
        _root.WriteConfig("[app:shop]\nidle = 1s\n");
        await using var server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal("one", await server.GetTextAsync("/shop/"));

        await server.WaitForAsync("shop", AppState.Idle);
        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "its hosted services are stopped");
        Assert.Null(server.StatusOf("shop").Reason);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.GetTextAsync("/shop/")));
        Assert.Equal("one", Assert.Single(answers.Distinct()));
        Assert.Equal((AppState.Running, 2), (server.StatusOf("shop").State, server.StatusOf("shop").Instance));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task An_app_is_not_idle_while_a_request_or_a_web_socket_is_open_and_not_at_once_afterwards()
    {
        foreach (var app in new[] { "slow", "socket", "empty" })
        {
            _root.Write(app, "Program.cs", SlowApp.Program(app));
        }

        _root.WriteConfig("[apps]\nidle = 2s\n");
        await using var server = await TestServer.StartAsync(_root, "Production");
        await using var slow = await SlowRequest.BeginAsync(server, "/slow/slow");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/socket/socket" }.Uri, TestContext.Current.CancellationToken);

        // An app without requests goes, and comes back, and goes: that takes twice as long as the others had to be idle.
        await server.WaitForAsync("empty", AppState.Idle);
        Assert.Equal("empty", await server.GetTextAsync("/empty/"));
        await server.WaitForAsync("empty", AppState.Idle);
        Assert.Equal((AppState.Running, 1, 1), (server.StatusOf("slow").State, server.StatusOf("slow").Instance, server.StatusOf("slow").ActiveRequests));
        Assert.Equal((AppState.Running, 1, 1), (server.StatusOf("socket").State, server.StatusOf("socket").Instance, server.StatusOf("socket").ActiveRequests));

        var finished = TimeProvider.System.GetTimestamp();
        SlowApp.Release(_root);
        Assert.Equal("begun slow finished", await slow.ReadToEndAsync());
        await server.WaitForAsync("slow", AppState.Idle);
        Assert.InRange(TimeProvider.System.GetElapsedTime(finished), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(AppState.Running, server.StatusOf("socket").State);
    }
}
