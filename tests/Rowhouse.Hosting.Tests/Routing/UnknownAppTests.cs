using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

public sealed class UnknownAppTests
{
    [Fact]
    public async Task In_development_an_unknown_app_is_answered_with_the_apps_there_are_and_the_one_that_was_probably_meant()
    {
        using var root = RoutedApps.Write("shop", "blog");
        root.WriteConfig("[apps]\nstart = lazy\n");
        await using var server = await TestServer.StartAsync(root);

        using var page = await server.GetPageAsync("/shpo/cart");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("href=\"/shop\"", text, StringComparison.Ordinal);
        Assert.Contains("href=\"/blog\"", text, StringComparison.Ordinal);
        Assert.Contains("/shpo/cart", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_an_unknown_app_is_a_plain_404_that_names_neither_apps_nor_paths_nor_the_server()
    {
        using var root = RoutedApps.Write("shop");
        root.WriteConfig("[apps]\nstart = lazy\n");
        await using var server = await TestServer.StartAsync(root, "Production");

        using var page = await server.GetPageAsync("/shpo/cart");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + page.Headers;

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("shop", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("shpo", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(root.Folder, text, StringComparison.OrdinalIgnoreCase);
        Assert.False(page.Headers.Contains("Server"));
    }
}
