using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class DisabledTests : IDisposable
{
    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_disabled_app_answers_503_with_its_own_maintenance_page_until_it_is_enabled(string environment)
    {
        _root.WriteApp("shop", "open");
        _root.Write("shop", "wwwroot/maintenance.html", "<p>Stocktaking</p>");
        _root.Write("shop", AppFolder.DisabledFile, "until Monday: the cellar is flooded");
        await using var server = await TestServer.StartAsync(_root, environment);

        foreach (var path in new[] { "/shop/", "/shop/cart?x=1", "/shop/DISABLED" })
        {
            using var page = await server.GetPageAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.True(page.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.True(page.Headers.CacheControl?.NoStore);
            Assert.Equal("<p>Stocktaking</p>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((AppState.Disabled, 0), (server.StatusOf("shop").State, server.StatusOf("shop").Instance));
        File.Delete(Path.Combine(_root.AppFolder("shop"), AppFolder.DisabledFile));
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "open", "the app is back");
        Assert.Equal(AppState.Running, server.StatusOf("shop").State);
    }

    [Fact]
    public async Task A_disabled_app_without_a_page_of_its_own_or_for_a_client_that_is_no_browser_answers_in_a_few_words()
    {
        _root.WriteApp("shop", "open");
        _root.Write("shop", AppFolder.DisabledFile, "");
        await using var server = await TestServer.StartAsync(_root, "Production");

        using var page = await server.GetPageAsync("/shop/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Contains("Closed for maintenance", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("Closed for maintenance", await server.GetTextAsync("/shop/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_maintenance_page_that_is_a_link_out_of_the_web_root_is_not_shown()
    {
        _root.WriteApp("shop", "open");
        _root.Write("shop", "private/secret.html", "secret");
        _root.Write("shop", "wwwroot/site.css", "");
        _root.Write("shop", AppFolder.DisabledFile, "");
        File.CreateSymbolicLink(Path.Combine(_root.AppFolder("shop"), "wwwroot", "maintenance.html"), "../private/secret.html");
        await using var server = await TestServer.StartAsync(_root, "Production");

        using var page = await server.GetPageAsync("/shop/");
        Assert.DoesNotContain("secret", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_app_that_is_disabled_finishes_its_requests_and_goes()
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one"));
        await using var server = await TestServer.StartAsync(_root, "Production");
        await using var slow = await SlowRequest.BeginAsync(server, "/shop/slow");

        _root.Write("shop", AppFolder.DisabledFile, "");
        await server.WaitForAsync("shop", AppState.Disabled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/shop/")).StatusCode);

        SlowApp.Release(_root);
        Assert.Equal("begun one finished", await slow.ReadToEndAsync());
        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "its hosted services are stopped");
    }

    [Fact]
    public async Task An_app_that_is_disabled_while_it_starts_does_not_run()
    {
        _root.Write("shop", "Program.cs", SlowApp.Program("one", waitAtStart: true));
        await using var server = await TestServer.StartAsync(_root, "Production");
        await Eventually.HoldsAsync(() => SlowApp.HasBegunToStart(_root), "the app is starting");

        _root.Write("shop", AppFolder.DisabledFile, "");
        await server.WaitForAsync("shop", AppState.Disabled);
        SlowApp.Release(_root);

        await Eventually.HoldsAsync(() => SlowApp.Stops(_root).SequenceEqual(["one"]), "what has started is stopped");
        Assert.Equal((AppState.Disabled, 0), (server.StatusOf("shop").State, server.StatusOf("shop").Instance));
    }
}
