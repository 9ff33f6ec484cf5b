using System.Net;
using Microsoft.Extensions.Logging;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>The server takes the place of the web server and leaves everything else of an app alone.</summary>
public sealed class LeftAloneTests : IClassFixture<OrdinaryAppServer>
{
    private readonly OrdinaryAppServer _fixture;

    public LeftAloneTests(OrdinaryAppServer fixture)
    {
        _fixture = fixture;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Base", "base")]
    [InlineData("Both", "overlay")]
    [InlineData("Both2", "overlay")]
    [InlineData("Own:From", "ini")]
    [InlineData("Memory", "yes")]
    public async Task Configuration_comes_from_the_apps_files_their_overlay_and_its_own_sources(string key, string value)
    {
        var server = await _fixture.GetAsync();
        Assert.Equal(value, await server.GetTextAsync($"/shop/setting/{key}"));
    }

    [Fact]
    public async Task Content_root_and_web_root_are_those_of_the_apps_folder()
    {
        var server = await _fixture.GetAsync();
        var folder = _fixture.Folder("shop");

        Assert.Equal($"Staging|shop|{folder}|{Path.Combine(folder, "wwwroot")}", (await server.GetTextAsync("/shop/environment")).Replace("/|", "|", StringComparison.Ordinal));
        Assert.Equal("from the content root|from the content root", await server.GetTextAsync("/shop/file"));
        Assert.Equal("from the web root", await server.GetTextAsync("/shop/web-file"));
        Assert.Equal("from the web root", await server.GetTextAsync("/shop/robots.txt"));
    }

    [Fact]
    public async Task Log_lines_reach_the_servers_log_with_the_apps_name_at_the_levels_the_app_wants_and_its_own_providers()
    {
        var server = await _fixture.GetAsync();

        Assert.Equal("Shop.Orders:order 8 failed", (await server.GetTextAsync("/branch/log")).Split('|')[^1]);

        Assert.Contains((LogLevel.Debug, "branch: Talkative", "a detail of 7"), server.Log.Entries);
        var error = Assert.Single(server.Log.Entries, entry => entry.Category == "branch: Shop.Orders");
        Assert.StartsWith("order 8 failed\nSystem.InvalidOperationException: no stock", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Message.Contains("not to be seen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generated_addresses_begin_with_the_apps_path()
    {
        var server = await _fixture.GetAsync();

        Assert.Equal($"/shop/named/3|{server.Address}shop/Default/Next", await server.GetTextAsync("/shop/link"));
        var page = await server.GetTextAsync("/shop");
        Assert.Contains("""<a href="/shop/Default/Next">next</a><img src="/shop/logo.svg" /><form action="/shop/Default/Next" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains("/shop/x|", page, StringComparison.Ordinal);
        foreach (var (path, target) in new[] { ("redirect", "/shop/named/5"), ("redirect-route", "/shop/named/6"), ("Default/Next", "/shop") })
        {
            using var response = await server.GetAsync($"/shop/{path}");
            Assert.Equal((HttpStatusCode.Found, target), (response.StatusCode, new Uri(server.Address, response.Headers.Location!).AbsolutePath.TrimEnd('/')));
        }
    }

    [Fact]
    public async Task Session_and_TempData_are_kept_by_cookies_of_responses_with_and_without_a_body()
    {
        var server = await _fixture.GetAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = true, CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };

        Assert.Equal("1", await client.GetStringAsync("shop/count", Cancellation));
        Assert.Equal("2", await client.GetStringAsync("shop/count", Cancellation));
        Assert.Contains("|remembered|", await client.GetStringAsync("shop/Default/Next", Cancellation), StringComparison.Ordinal);
        Assert.Contains("||", await client.GetStringAsync("shop/", Cancellation), StringComparison.Ordinal);
        Assert.Equal("1", await server.GetTextAsync("/shop/count"));
    }

    [Fact]
    public async Task Scopes_end_with_their_request_and_callbacks_of_the_response_fire()
    {
        var server = await _fixture.GetAsync();
        Assert.Equal("same", await server.GetTextAsync("/shop/scoped"));
        using var response = await server.GetAsync("/shop/callbacks");

        Assert.Equal("yes", Assert.Single(response.Headers.GetValues("X-Starting")));
        Assert.Equal("first", Assert.Single(response.Headers.GetValues("X-Filter")));
        await Eventually.HoldsAsync(
            async () => await server.GetTextAsync("/shop/journal") is var journal && journal.Contains("scoped disposed", StringComparison.Ordinal) && journal.Contains("completed", StringComparison.Ordinal),
            "the scope is disposed and OnCompleted has fired");
        Assert.Equal("/accessor", await server.GetTextAsync("/shop/accessor"));
    }

    [Fact]
    public async Task Apps_with_the_same_types_have_static_fields_of_their_own()
    {
        var server = await _fixture.GetAsync();

        Assert.Equal(["1", "2", "1", "3"], [
            await server.GetTextAsync("/shop/static"), await server.GetTextAsync("/shop/static"),
            await server.GetTextAsync("/branch/static"), await server.GetTextAsync("/shop/static")]);
    }

    [Fact]
    public async Task Services_and_lifetime_events_come_in_the_order_of_any_host_from_start_to_retirement()
    {
        using var root = new TestRoot();
        OrdinaryApp.Write(root, "shop");
        await using var server = await TestServer.StartAsync(root, "Staging");
        Assert.Equal("service starts, worker runs, started", await server.GetTextAsync("/shop/journal"));

        root.Write("shop", AppFolder.DisabledFile, "");
        await Eventually.HoldsAsync(() => Journal(server).Contains("Main returned"), "Main has returned");

        Assert.Equal(
            ["service starts", "worker runs", "started", "stopping", "worker is told to stop", "service stops", "stopped", "singleton disposed", "Main returned"],
            Journal(server));
        Assert.Empty(server.Log.Errors);
    }

    private static string[] Journal(TestServer server) => [.. server.Log.Entries.Where(entry => entry.Category == "shop: Journal").Select(entry => entry.Message)];
}
