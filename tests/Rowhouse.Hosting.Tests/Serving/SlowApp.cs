using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>An app with requests that last until they are released, a WebSocket, and a hosted service that tells when it is stopped.</summary>
internal static class SlowApp
{
    /// <summary>Its answers begin with <paramref name="version"/>.</summary>
    public static string Program(string version, bool waitAtStart = false) => $$"""
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHostedService<Recorder>();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/", () => "{{version}}");
        app.MapGet("/slow", async (HttpContext c) =>
        {
            await c.Response.WriteAsync("begun ");
            await c.Response.Body.FlushAsync();
            await WaitAsync();
            await c.Response.WriteAsync("{{version}} finished");
        });
        app.Map("/socket", async (HttpContext c) =>
        {
            using var socket = await c.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer, default) is { CloseStatus: null } got)
            {
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, true, default);
            }
        });
        if ({{(waitAtStart ? "true" : "false")}})
        {
            File.WriteAllText(Path.Combine(folder, "starting"), "");
            await WaitAsync();
        }

        app.Run();

        async Task WaitAsync()
        {
            while (!File.Exists(Path.Combine(folder, "release"))) { await Task.Delay(5); }
        }

        class Recorder : IHostedService
        {
            public Task StartAsync(CancellationToken t) => Task.CompletedTask;
            public Task StopAsync(CancellationToken t)
            {
                var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
                File.AppendAllText(Path.Combine(folder, "stops"), "{{version}}\n");
                return Task.CompletedTask;
            }
        }
        """;

    /// <summary>Lets the slow requests go on.</summary>
    public static void Release(TestRoot root) => File.WriteAllText(Path.Combine(root.Folder, "release"), "");

    /// <summary>The versions that were stopped, in this order.</summary>
    public static IReadOnlyList<string> Stops(TestRoot root)
    {
        var file = Path.Combine(root.Folder, "stops");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    public static bool HasBegunToStart(TestRoot root) => File.Exists(Path.Combine(root.Folder, "starting"));
}
