using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Isolation;

/// <summary>Apps for these tests, as sources.</summary>
internal static class IsolatedApps
{
    /// <summary>Says what it sees of a request, echoes, streams, and misbehaves on demand.</summary>
    public const string Program = """
        using Microsoft.AspNetCore.Http.Features;

        var release = new TaskCompletionSource();
        var cut = new TaskCompletionSource();
        var aborted = false;
        var kept = new List<byte[]>();

        var app = WebApplication.CreateBuilder(args).Build();
        app.UseWebSockets();

        app.MapGet("/pid", () => Environment.ProcessId.ToString());
        app.Map("/facts/{**rest}", (HttpContext c) => string.Join('\n',
            c.Request.Method, c.Request.Scheme, c.Request.Host, c.Request.PathBase, c.Request.Path, c.Request.QueryString,
            c.Features.Get<IHttpRequestFeature>()!.RawTarget, c.Connection.RemoteIpAddress, c.Connection.RemotePort, c.Connection.LocalIpAddress, c.Connection.LocalPort,
            string.Join('\n', c.Request.Headers.Where(h => h.Key != "Connection").OrderBy(h => h.Key).Select(h => $"{h.Key}: {h.Value}"))));

        app.Map("/echo", async (HttpContext c) =>
        {
            using var socket = await c.WebSockets.AcceptWebSocketAsync("chat");
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, default) is { CloseStatus: null } got)
            {
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, default);
            }

            await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "bye", default);
        });

        app.MapGet("/trailers", async (HttpContext c) =>
        {
            c.Response.DeclareTrailer("checksum");
            await c.Response.WriteAsync("body " + c.Request.Protocol);
            c.Response.AppendTrailer("checksum", "42");
        });

        app.MapGet("/stream", async (HttpContext c) =>
        {
            await c.Response.WriteAsync("first\n");
            await c.Response.Body.FlushAsync();
            await release.Task;
            await c.Response.WriteAsync("second\n");
        });
        app.MapPost("/release", () => { release.TrySetResult(); });

        app.MapGet("/hang", async (HttpContext c) =>
        {
            await c.Response.WriteAsync("hanging\n");
            await c.Response.Body.FlushAsync();
            try { await Task.Delay(-1, c.RequestAborted); } finally { aborted = true; }
        });
        app.MapGet("/aborted", () => aborted.ToString());
        app.MapGet("/cut", async (HttpContext c) =>
        {
            await c.Response.WriteAsync("half of it\n");
            await c.Response.Body.FlushAsync();
            await cut.Task;
            c.Abort();
        });

        app.MapPost("/cut", () => { cut.TrySetResult(); });

        app.MapPost("/upload", async (HttpContext c) =>
        {
            c.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            long total = 0;
            var buffer = new byte[65536];
            int count;
            while ((count = await c.Request.Body.ReadAsync(buffer)) > 0) { total += count; }
            return total.ToString();
        });

        app.MapGet("/fail-fast", string () => { Environment.FailFast("it is over"); return ""; });
        app.MapGet("/overflow", () => Overflow(1).ToString());
        app.MapGet("/exit", string () => { Environment.Exit(3); return ""; });
        app.MapGet("/take/{megabytes}", (int megabytes) =>
        {
            for (var i = 0; i < megabytes; i++)
            {
                var block = new byte[1048576];
                Random.Shared.NextBytes(block);
                kept.Add(block);
            }

            return $"{kept.Count} MB";
        });

        app.Run();

        static int Overflow(int n) => n == 0 ? 0 : Overflow(n + 1) + Overflow(n + 2);
        """;

    /// <summary>A root with the app <c>apart</c> in a process of its own and the same app <c>near</c> in the server's.</summary>
    public static TestRoot Write(string moreSettings = "")
    {
        var root = new TestRoot();
        root.Write("apart", "Program.cs", Program);
        root.Write("near", "Program.cs", Program);
        root.WriteConfig($"[app:apart]\nisolation = process\n{moreSettings}");
        return root;
    }
}
