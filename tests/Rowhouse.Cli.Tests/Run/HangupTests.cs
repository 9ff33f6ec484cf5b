using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

public sealed class HangupTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Sighup_puts_new_routes_in_force_and_a_bad_file_leaves_those_there_are()
    {
        _root.AddApp("shop", TestRoot.Program("the shop"));
        await using var server = await RunningServer.StartAsync(_root.Root);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/old/path/", _canceled)).StatusCode);

        await File.WriteAllTextAsync(_root.Root.ConfigFile, "[routes]\n/old/path = shop\n", _canceled);
        server.Process.Signal("HUP");
        await server.Process.WaitForErrorAsync("is in force");
        Assert.Equal("the shop", await server.GetTextAsync("/old/path/"));

        await File.WriteAllTextAsync(_root.Root.ConfigFile, "[routes]\n/new/path = shop\nnonsense\n", _canceled);
        server.Process.Signal("HUP");
        await server.Process.WaitForErrorAsync("was not taken");

        Assert.Contains("RH2001", server.Process.Error, StringComparison.Ordinal);
        Assert.Contains("rowhouse.ini:3", server.Process.Error, StringComparison.Ordinal);
        Assert.Equal("the shop", await server.GetTextAsync("/old/path/"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/new/path/", _canceled)).StatusCode);
    }
}
