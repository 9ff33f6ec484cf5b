using System.Net;
using Microsoft.Playwright;
using Rowhouse.EndToEnd.Tests.Browser;
using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Pages;

/// <summary>What the browser shows for an address that is no app's.</summary>
public sealed class UnknownAppTests : IClassFixture<PagesServer>
{
    private readonly PagesServer _server;
    private readonly Chromium _chromium;

    public UnknownAppTests(PagesServer server, Chromium chromium)
    {
        _server = server;
        _chromium = chromium;
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task In_development_it_leads_to_the_app_that_was_meant(int width, ColorScheme scheme)
    {
        await using var tab = await _chromium.OpenAsync(_server.Address, width, scheme);

        Assert.Equal(404, (await tab.GoAsync("/shpo/prices")).Status);
        await Assertions.Expect(tab.Page.GetByText("No app answers at /shpo/prices.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("rowhouse new shpo")).ToBeVisibleAsync();
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"unknown-app-{width}");

        await tab.Page.GetByText("Did you mean").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("the shop")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task In_production_it_says_nothing_about_the_server(int width, ColorScheme scheme)
    {
        using var root = new TestRoot();
        root.WriteApp("shop", "the shop");
        await using var server = await RunningServer.StartAsync(root.Root);
        await using var tab = await _chromium.OpenAsync(server.Client.BaseAddress!, width, scheme);

        var response = await tab.GoAsync("/shpo/prices");

        Assert.Equal(HttpStatusCode.NotFound, (HttpStatusCode)response.Status);
        Assert.Equal("Page not found\n\nThere is nothing at this address.", (await tab.Page.Locator("body").InnerTextAsync()).Trim());
        Assert.DoesNotContain("shop", await response.TextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("rowhouse", string.Concat((await response.AllHeadersAsync()).Values), StringComparison.OrdinalIgnoreCase);
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"not-found-{width}");
    }
}
