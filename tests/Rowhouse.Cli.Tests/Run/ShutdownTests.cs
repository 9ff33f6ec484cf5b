using System.Net.WebSockets;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

public sealed class ShutdownTests : IDisposable
{
    // It goes on with a slow request as soon as a file of the name "go" is there.
    private const string App = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHostedService<Farewell>();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/slow", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun ");
            await context.Response.Body.FlushAsync();
            while (!File.Exists(Path.Combine(app.Environment.ContentRootPath, "go")))
            {
                await Task.Delay(10);
            }

            await context.Response.WriteAsync("done");
        });
        app.Map("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[1], CancellationToken.None);
        });
        app.Run();

        internal sealed class Farewell(IHostEnvironment environment) : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

            public Task StopAsync(CancellationToken cancellationToken) =>
                File.WriteAllTextAsync(Path.Combine(environment.ContentRootPath, "farewell"), "", cancellationToken);
        }
        """;

    private readonly TemporaryRoot _root = new();
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public ShutdownTests()
    {
        _root.AddApp("shop", App);
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Sigterm_lets_a_request_in_flight_finish_and_stops_the_apps_services()
    {
        await using var server = await RunningServer.StartAsync(_root.Root);
        using var response = await BeginSlowRequestAsync(server);

        server.Process.Signal("TERM");
        await server.WaitUntilClosedAsync();
        await File.WriteAllTextAsync(_root.PathOf("shop", "go"), "", _canceled);

        Assert.Equal("begun done", await response.Content.ReadAsStringAsync(_canceled));
        await server.AssertCleanEndAsync();
        Assert.True(File.Exists(_root.PathOf("shop", "farewell")));
    }

    [Fact]
    public async Task Sigterm_tells_an_open_web_socket_that_the_server_goes_away()
    {
        await using var server = await RunningServer.StartAsync(_root.Root);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Client.BaseAddress!.Authority}/shop/socket"), _canceled);

        server.Process.Signal("TERM");
        var message = await socket.ReceiveAsync(new byte[1], _canceled);
        Assert.Equal(WebSocketMessageType.Close, message.MessageType);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, message.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, _canceled);

        await server.AssertCleanEndAsync();
    }

    [Fact]
    public async Task A_second_sigint_gives_up_requests_in_flight_at_once()
    {
        await using var server = await RunningServer.WaitAsync(
            ChildProcess.StartCommand(["env", "--default-signal=INT", "dotnet", ChildProcess.CommandLine, .. RunningServer.ArgumentsFor(_root.Root)]));
        using var response = await BeginSlowRequestAsync(server);

        server.Process.Signal("INT");
        await server.WaitUntilClosedAsync();
        server.Process.Signal("INT");

        Assert.Equal(130, await server.Process.WaitForExitAsync());
        Assert.Contains("Ended at once", server.Process.Error, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> BeginSlowRequestAsync(RunningServer server)
    {
        var response = await server.Client.GetAsync("/shop/slow", HttpCompletionOption.ResponseHeadersRead, _canceled);
        Assert.True(response.IsSuccessStatusCode);
        return response;
    }
}
