using Rowhouse.Hosting;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

public sealed class RunTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Sigterm_ends_a_server_with_exit_code_0()
    {
        await using var server = ChildProcess.Start("run", "--root", _root.Root.Folder, "--listen", "http://127.0.0.1:0");
        await server.WaitForOutputAsync("Ctrl+C stops it.");

        server.Signal("TERM");

        Assert.Equal(0, await server.WaitForExitAsync());
        Assert.StartsWith($"rowhouse {ProductVersion.Text} serves {_root.Root.Folder} (Production)\n", server.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_root.Root.ManagementSocket));
    }

    [Fact]
    public async Task Sighup_with_a_bad_file_logs_its_errors_and_changes_nothing()
    {
        await using var server = ChildProcess.Start("run", "--root", _root.Root.Folder, "--listen", "http://127.0.0.1:0");
        await server.WaitForOutputAsync("Ctrl+C stops it.");
        await File.WriteAllTextAsync(_root.Root.ConfigFile, "[broken\nbroken\n", TestContext.Current.CancellationToken);

        server.Signal("HUP");
        await server.WaitForErrorAsync("was not taken");
        await File.WriteAllTextAsync(_root.Root.ConfigFile, "", TestContext.Current.CancellationToken);
        server.Signal("HUP");
        await server.WaitForErrorAsync("is in force");

        server.Signal("TERM");
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task A_bad_file_keeps_a_server_from_starting()
    {
        await File.WriteAllTextAsync(_root.Root.ConfigFile, "[broken\nbroken\n", TestContext.Current.CancellationToken);

        await using var server = ChildProcess.Start("run", "--root", _root.Root.Folder);

        Assert.Equal(1, await server.WaitForExitAsync());
        Assert.StartsWith("rowhouse: RH2", server.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Error, StringComparison.Ordinal);
        Assert.Empty(server.Output);
    }

    [Fact]
    public async Task A_child_process_prints_no_colours_into_a_pipe()
    {
        _root.AddApp("shop");

        await using var process = ChildProcess.Start("apps", "list", "--root", _root.Root.Folder);

        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Contains("shop", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", process.Output + process.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "http://localhost:8000/")]
    [InlineData("/shop", "http://localhost:8000/shop/")]
    [InlineData("shop.example.com", "http://shop.example.com:8000/")]
    [InlineData("example.com/shop", "http://example.com:8000/shop/")]
    public void A_route_becomes_a_link_that_can_be_opened(string route, string expected)
    {
        var origin = StartupSummary.FindOrigin(["http://unix:/run/row.sock", "http://[::]:8000"]);

        Assert.Equal(expected, StartupSummary.UrlOf(origin, route));
    }

    [Fact]
    public void The_summary_shows_addresses_and_where_each_app_is()
    {
        using var output = new StringWriter();
        var config = new ServerConfig { Root = _root.Root, Environment = "Development" };

        StartupSummary.Write(
            new Terminal(output, TextWriter.Null, TextReader.Null),
            config,
            ["http://127.0.0.1:8000"],
            [new AppStatus { Name = "shop", State = AppState.Starting, Routes = ["/shop", "shop.example.com"] }]);

        Assert.Equal(
            $"""
            rowhouse {ProductVersion.Text} serves {_root.Root.Folder} (Development)
              listens on  http://127.0.0.1:8000
              shop        http://127.0.0.1:8000/shop/
              shop        http://shop.example.com:8000/
              Ctrl+C stops it.

            """,
            output.ToString());
    }
}
