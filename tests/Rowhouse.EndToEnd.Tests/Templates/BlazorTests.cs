using Microsoft.Playwright;
using Rowhouse.EndToEnd.Tests.Browser;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>The Blazor template with interactive components on the server, in a browser.</summary>
[Collection<SharedTemplateServer>]
public sealed class BlazorTests
{
    private readonly TemplateServer _server;
    private readonly Chromium _chromium;

    public BlazorTests(TemplateServer server, Chromium chromium)
    {
        _server = server;
        _chromium = chromium;
    }

    [Fact]
    public async Task The_counter_counts_over_a_websocket_below_the_apps_name()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);
        var sockets = new List<string>();
        tab.Page.WebSocket += (_, socket) => sockets.Add(socket.Url);

        await tab.GoAsync("/blazor/counter");
        await ClickUntilItCountsAsync(tab.Page);
        await tab.Page.GetByText("Click me").ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Current count: 2");

        Assert.Contains(sockets, socket => socket.StartsWith($"ws://{_server.Address.Authority}/blazor/_blazor?", StringComparison.Ordinal));
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Links_change_the_page_without_loading_it_anew()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);
        await tab.GoAsync("/blazor/");
        await tab.Page.EvaluateAsync("window.sameDocument = true");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Weather" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(6);
        Assert.EndsWith("/blazor/weather", tab.Page.Url, StringComparison.Ordinal);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Counter" }).ClickAsync();
        await ClickUntilItCountsAsync(tab.Page);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Hello, world!")).ToBeVisibleAsync();

        Assert.Equal(new Uri(_server.Address, "/blazor/"), new Uri(tab.Page.Url));
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.sameDocument"));
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Without_a_slash_behind_its_name_it_is_the_same_app()
    {
        await using var tab = await _chromium.OpenAsync(_server.Address);

        Assert.Equal(200, (await tab.GoAsync("/blazor")).Status);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Counter" }).ClickAsync();
        await ClickUntilItCountsAsync(tab.Page);
        Assert.EndsWith("/blazor/counter", tab.Page.Url, StringComparison.Ordinal);
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Its_base_is_where_it_was_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/counter");
        request.Headers.Host = TemplateServer.BlazorHost;
        using var response = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("<base href=\"/\">", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("<base href=\"/blazor/\">", await _server.GetTextAsync("/blazor/counter"), StringComparison.Ordinal);
    }

    // Until the circuit stands a click is nobody's; the page does not show when it does.
    private static async Task ClickUntilItCountsAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Counter" })).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            async () => {
              const counts = () => document.querySelector("[role=status]").textContent !== "Current count: 0";
              for (let tries = 0; !counts() && tries < 900; tries++) {
                if (tries % 20 === 0) { document.querySelector("article button").click(); }
                await new Promise(done => setTimeout(done, 100));
              }
            }
            """);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Current count: 1");
    }
}
