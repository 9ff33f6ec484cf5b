using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rowhouse.EndToEnd.Tests.Browser;
using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Welcome;

public sealed partial class WelcomeTests : IClassFixture<WelcomeServer>
{
    private readonly WelcomeServer _server;
    private readonly Chromium _chromium;
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public WelcomeTests(WelcomeServer server, Chromium chromium)
    {
        _server = server;
        _chromium = chromium;
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task It_fits_every_screen_and_asks_nobody_else(int width, ColorScheme scheme)
    {
        await using var tab = await _chromium.OpenAsync(_server.Address, width, scheme);

        Assert.Equal(200, (await tab.GoAsync("/")).Status);
        Assert.Equal(new Uri(_server.Address, "/welcome/"), new Uri(tab.Page.Url));
        await Assertions.Expect(Row(tab, "broken")).ToContainTextAsync("failed");
        await Assertions.Expect(Row(tab, "shop")).ToContainTextAsync("running");
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"welcome-{width}-{scheme}");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "First steps", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("First steps");
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"guide-{width}-{scheme}");
        tab.AssertQuiet();
    }

    [Fact]
    public async Task It_shows_the_state_of_each_app_and_why_one_failed()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);
        await tab.GoAsync("/welcome/");

        await Assertions.Expect(Row(tab, "welcome")).ToContainTextAsync("running");
        await Assertions.Expect(Row(tab, "archive")).ToContainTextAsync("idle");
        await Assertions.Expect(Row(tab, "closed")).ToContainTextAsync("disabled");
        await Assertions.Expect(Row(tab, "broken")).ToContainTextAsync("failed");
        await Assertions.Expect(Row(tab, "broken").Locator(".reason"))
            .ToHaveTextAsync("broken/Program.cs(1,62): error CS0103: The name 'Missing' does not exist in the current context");
    }

    [Fact]
    public async Task The_list_follows_the_folders_without_a_reload()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);
        await tab.GoAsync("/welcome/");
        await Assertions.Expect(Row(tab, "late")).ToHaveCountAsync(0);

        _server.Root.WriteApp("late", "late");
        await Assertions.Expect(Row(tab, "late")).ToContainTextAsync("running");
        Directory.Delete(_server.Root.AppFolder("late"), recursive: true);
        await Assertions.Expect(Row(tab, "late")).ToHaveCountAsync(0);
        tab.AssertQuiet();
    }

    [Fact]
    public async Task The_three_steps_lead_to_an_app_of_ones_own()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);
        await tab.GoAsync("/welcome/");
        var steps = tab.Page.Locator(".steps > li");
        await Assertions.Expect(steps).ToHaveCountAsync(3);
        Assert.Equal("eng/rowhouse new hello", await steps.First.Locator("kbd").InnerTextAsync());

        await using var command = ChildProcess.Start("new", "hello", "--root", _server.Root.Folder);
        Assert.Equal(0, await command.WaitForExitAsync());
        await steps.Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        Assert.Equal(new Uri(_server.Address, "/hello"), new Uri(tab.Page.Url));
        await tab.AssertFitsAsync();
        await tab.ShootAsync("hello-1280");

        var view = Path.Combine(_server.Root.AppFolder("hello"), "Views/Default/Index.cshtml");
        _server.Root.Write("hello", "Views/Default/Index.cshtml", await File.ReadAllTextAsync(view, _canceled) + "<p>My own words.</p>\n");
        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Page.GetByText("My own words.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_link_of_its_pages_leads_somewhere()
    {
        var start = await _server.Client.GetStringAsync("/welcome/", _canceled);
        var guide = await _server.Client.GetStringAsync("/welcome/guide", _canceled);
        var links = Addresses().Matches(start + guide).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct()
            .Where(link => !IsWithoutAnswer(link)).ToList();

        Assert.All(Directory.GetFiles(Path.Combine(_server.Root.Folder, "docs"), "*.md", SearchOption.AllDirectories), file =>
            Assert.Contains($"/welcome/docs/{Path.GetRelativePath(Path.Combine(_server.Root.Folder, "docs"), file)}", links));
        foreach (var link in links)
        {
            using var response = await _server.Client.GetAsync(link, _canceled);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{link}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task In_production_it_tells_nothing_but_that_it_works(int width)
    {
        using var root = new TestRoot();
        WelcomeServer.CopyTo(root);
        await using var server = await RunningServer.StartAsync(root.Root);
        await using var tab = await _chromium.OpenAsync(server.Client.BaseAddress!, width);

        Assert.Equal(200, (await tab.GoAsync("/")).Status);
        Assert.Equal("It works\n\nThere is nothing else to see here yet.", (await tab.Page.Locator("body").InnerTextAsync()).Trim());
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"it-works-{width}");
        tab.AssertQuiet();
        foreach (var page in new[] { "/welcome/guide", "/welcome/live", "/welcome/docs/architecture.md" })
        {
            using var response = await server.Client.GetAsync(page, _canceled);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static ILocator Row(Tab tab, string app) => tab.Page.Locator(".apps li").Filter(new() { Has = tab.Page.Locator(".name", new() { HasTextRegex = new Regex($"^{app}$") }) });

    // The app that the three steps make, those that are closed, broken or come and go in other tests, and one that nobody shall wake.
    private static bool IsWithoutAnswer(string link) => link.Split('/') is [_, "hello" or "closed" or "broken" or "late" or "archive", ..];

    [GeneratedRegex("(?:href|src)=\"([^\"#]+)\"")]
    private static partial Regex Addresses();
}
