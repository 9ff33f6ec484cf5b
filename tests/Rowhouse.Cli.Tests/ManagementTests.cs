using System.Net.Sockets;
using System.Text.Json;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Tests;

public sealed class ManagementTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryRoot _root = new();
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_running_server_tells_the_state_of_its_apps()
    {
        AppStatus[] apps =
        [
            new() { Name = "blog", Kind = AppKind.Packed, State = AppState.Running, Routes = ["/blog", "blog.example.com"], Instance = 3 },
            new() { Name = "shop", Kind = AppKind.Source, State = AppState.Failed, Isolation = AppIsolation.Process, Reason = "Program.cs(3,5): error [CS1002]" },
        ];
        await using var server = await StartAsync(_root.Root, apps);

        var table = await _root.RunAsync("apps", "list");
        var json = JsonDocument.Parse((await _root.RunAsync("apps", "list", "--json")).Output).RootElement;

        Assert.Matches("blog +running +packed +/blog, blog.example.com", table.Output);
        Assert.Matches(@"shop +failed +source +Program.cs\(3,5\): error \[CS1002\]", table.Output);
        Assert.Equal("process", json[1].GetProperty("isolation").GetString());
        Assert.Equal(3, json[0].GetProperty("instance").GetInt32());
    }

    [Fact]
    public async Task The_socket_is_for_its_owner_only_and_goes_with_the_server()
    {
        await using (await StartAsync(_root.Root))
        {
            Assert.Equal(OnlyOwner, File.GetUnixFileMode(_root.Root.ManagementSocket));
            Assert.Equal(Path.Combine(_root.Root.Data, "rowhouse.sock"), _root.Root.ManagementSocket);
            Assert.Empty(Directory.GetDirectories(_root.Root.Data));
        }

        Assert.False(File.Exists(_root.Root.ManagementSocket));
    }

    [Fact]
    public async Task A_second_server_on_the_root_is_refused_by_the_pid_of_the_first()
    {
        await using var first = await StartAsync(_root.Root);

        var result = await _root.RunAsync("run", "--listen", "http://127.0.0.1:0");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"rowhouse: RH3001: Another server already serves the root '{_root.Root.Folder}': process {Environment.ProcessId}.", result.Error, StringComparison.Ordinal);
        Assert.NotNull(await new ManagementClient(_root.Root).FindVersionAsync(_canceled));
    }

    [Fact]
    public async Task The_socket_of_a_dead_server_is_no_server_and_is_replaced()
    {
        _root.AddApp("shop");
        Directory.CreateDirectory(_root.Root.Data);
        LeaveSocketBehind(_root.Root.ManagementSocket);

        Assert.Contains("stopped", (await _root.RunAsync("apps", "list")).Output, StringComparison.Ordinal);
        await using var server = await StartAsync(_root.Root);

        Assert.Equal(Environment.ProcessId, (await new ManagementClient(_root.Root).FindVersionAsync(_canceled))?.ProcessId);
    }

    [Fact]
    public async Task A_root_with_a_long_path_has_its_socket_in_a_folder_of_its_own()
    {
        using var root = new TemporaryRoot(new string('x', 100));
        var folder = Path.GetDirectoryName(root.Root.ManagementSocket)!;
        try
        {
            await using var server = await StartAsync(root.Root);

            Assert.Matches("^rowhouse-[0-9a-f]{16}$", Path.GetFileName(folder));
            Assert.Equal(OnlyOwner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.NotNull(await new ManagementClient(root.Root).FindVersionAsync(_canceled));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("open to others")]
    [InlineData("a link")]
    public async Task A_folder_that_somebody_else_may_have_made_is_refused(string how)
    {
        using var root = new TemporaryRoot(new string('y', 100));
        var folder = Path.GetDirectoryName(root.Root.ManagementSocket)!;
        try
        {
            if (how == "a link")
            {
                Directory.CreateSymbolicLink(folder, Directory.CreateDirectory(Path.Combine(root.Root.Folder, "elsewhere"), OnlyOwner | UnixFileMode.UserExecute).FullName);
            }
            else
            {
                Directory.CreateDirectory(folder, OnlyOwner | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            }

            var error = await Assert.ThrowsAsync<RowhouseException>(async () => await StartAsync(root.Root));

            Assert.Equal("RH3003", error.Code);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_an_error_and_not_a_stopped_server()
    {
        Directory.CreateDirectory(_root.Root.Data);
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(_root.Root.ManagementSocket));
        silent.Listen();

        var result = await _root.RunAsync("apps", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("rowhouse: RH3004: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("POST", "/apps", 405)]
    [InlineData("GET", "/version", 200)]
    public async Task It_answers_what_it_knows_and_nothing_else(string method, string path, int status)
    {
        await using var server = await StartAsync(_root.Root);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_root.Root.ManagementSocket), _canceled);
        await using var stream = new NetworkStream(socket);
        await using var writer = new StreamWriter(stream) { AutoFlush = true };
        await writer.WriteAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", await new StreamReader(stream).ReadLineAsync(_canceled), StringComparison.Ordinal);
    }

    private static Task<ManagementServer> StartAsync(ServerRoot root, params AppStatus[] apps) =>
        ManagementServer.StartAsync(root, () => "Production", () => apps, TestContext.Current.CancellationToken);

    private static void LeaveSocketBehind(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + "-made"));
        File.Move(path + "-made", path);
    }
}
