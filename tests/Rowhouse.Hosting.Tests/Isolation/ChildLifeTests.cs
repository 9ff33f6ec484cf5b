using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Isolation;

[UnsupportedOSPlatform("windows")]
public sealed class ChildLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_is_noticed_inside_the_child_which_lives_on()
    {
        using var root = IsolatedApps.Write();
        root.WriteApp("apart", "one");
        await using var server = await TestServer.StartAsync(root);
        Assert.Equal("one", await server.GetTextAsync("/apart/"));
        var before = server.StatusOf("apart");

        root.WriteApp("apart", "two");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/apart/") == "two", "the new answer");

        var after = server.StatusOf("apart");
        Assert.Equal((before.ProcessId, 0), (after.ProcessId, after.Restarts));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task In_development_the_child_shows_its_compile_errors_and_tells_the_page_when_they_are_mended()
    {
        using var root = IsolatedApps.Write();
        root.Write("apart", "Program.cs", "var app = 1;\nint = ;\n");
        await using var server = await TestServer.StartAsync(root);

        using var page = await server.GetPageAsync("/apart/");
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("CS1525", html, StringComparison.Ordinal);

        var start = html.IndexOf("/_rowhouse/build?", StringComparison.Ordinal);
        var watch = server.GetAsync(WebUtility.HtmlDecode(html[start..html.IndexOf('"', start)]));
        Assert.False(watch.IsCompleted);
        root.WriteApp("apart", "mended");
        using var changed = await watch;

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/apart/") == "mended", "the mended answer");
        await server.WaitForAsync("apart", app => app.Reason is null, "nothing is wrong any more");
    }

    [Fact]
    public async Task Changed_settings_put_another_child_in_place_and_no_request_fails()
    {
        using var root = IsolatedApps.Write();
        await using var server = await TestServer.StartAsync(root, "Production");
        var first = await server.GetTextAsync("/apart/pid");
        var config = server.Server.Config;
        var settings = config.SettingsOf("apart") with { MemoryLimitBytes = 1L << 30 };

        await server.Server.ApplyAsync(config with { Apps = new Dictionary<string, AppSettings>(StringComparer.OrdinalIgnoreCase) { ["apart"] = settings } }, Cancellation);
        var statuses = new HashSet<HttpStatusCode>();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await server.GetAsync("/apart/pid");
                statuses.Add(answer.StatusCode);
                return await answer.Content.ReadAsStringAsync(Cancellation) != first;
            },
            "another process answers");

        Assert.Equal([HttpStatusCode.OK], statuses);
        await Eventually.HoldsAsync(() => ProcessLife.IsGone(int.Parse(first, CultureInfo.InvariantCulture)), "the first process is gone");
        Assert.Equal(0, server.StatusOf("apart").Restarts);
    }

    [Fact]
    public async Task Disabling_an_app_ends_its_child_and_enabling_it_starts_another()
    {
        using var root = IsolatedApps.Write();
        await using var server = await TestServer.StartAsync(root, "Production");
        var child = int.Parse(await server.GetTextAsync("/apart/pid"), CultureInfo.InvariantCulture);

        root.Write("apart", "DISABLED", "");
        await Eventually.HoldsAsync(() => ProcessLife.IsGone(child), "the child is gone");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/apart/pid")).StatusCode);

        File.Delete(Path.Combine(root.AppFolder("apart"), "DISABLED"));
        await server.WaitForAsync("apart", AppState.Running);
        Assert.NotEqual($"{child}", await server.GetTextAsync("/apart/pid"));
    }

    [Fact]
    public async Task A_server_that_stops_tells_web_sockets_to_close_and_leaves_no_child_and_no_socket()
    {
        using var root = IsolatedApps.Write();
        int child;
        string folder;
        using var socket = new ClientWebSocket();
        await using (var server = await TestServer.StartAsync(root, "Production"))
        {
            child = int.Parse(await server.GetTextAsync("/apart/pid"), CultureInfo.InvariantCulture);
            folder = ProcessLife.SocketFolderOf(child);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            socket.Options.AddSubProtocol("chat");
            await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/apart/echo" }.Uri, Cancellation);

            var stopped = server.Server.StopAsync(Cancellation);
            var message = await socket.ReceiveAsync(new byte[100].AsMemory(), Cancellation);
            Assert.Equal(WebSocketMessageType.Close, message.MessageType);
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
            await stopped;
        }

        Assert.True(ProcessLife.IsGone(child));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_server_that_is_killed_leaves_no_child_and_no_socket()
    {
        using var root = IsolatedApps.Write();
        using var parent = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rowhouse"))
        {
            ArgumentList = { "run", "--root", root.Folder, "--listen", "http://127.0.0.1:0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var silence = parent.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            using var client = new HttpClient { BaseAddress = await ReadAddressAsync(parent.StandardOutput) };
            var child = int.Parse(await client.GetStringAsync("/apart/pid", Cancellation), CultureInfo.InvariantCulture);
            Assert.NotEqual(parent.Id, child);
            var folder = ProcessLife.SocketFolderOf(child);

            parent.Kill(); // SIGKILL, to this process only
            await parent.WaitForExitAsync(Cancellation);

            await Eventually.HoldsAsync(() => ProcessLife.IsGone(child), "the child is gone");
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> ReadAddressAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.IndexOf("http://127.0.0.1", StringComparison.Ordinal) is var start and >= 0)
            {
                return new Uri(line[start..].Trim());
            }
        }

        throw new InvalidOperationException("The server did not say where it listens.");
    }
}
