using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

public sealed class RoutingTests : IAsyncLifetime
{
    private readonly TestRoot _root = RoutedApps.Write("shop", "blog", "main");
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _root.WriteConfig("""
            [routes]
            shop.example.com = shop
            *.example.org = shop
            example.com/journal = blog
            /old/news = blog
            / = main
            """);
        _server = await TestServer.StartAsync(_root, "Production");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _root.Dispose();
    }

    [Fact]
    public async Task An_app_answers_at_every_place_that_the_routes_give_it_and_nowhere_else()
    {
        // By its name.
        Assert.Equal("shop|/shop|/cart", await AskAsync("localhost", "/shop/cart"));
        Assert.Equal("shop|/shop|/cart", await AskAsync("localhost", "/SHOP/cart"));
        Assert.Equal("shop|/shop|", await AskAsync("localhost", "/shop"));
        Assert.Equal("shop|/shop|/", await AskAsync("localhost", "/shop/?a=/blog/"));
        Assert.Equal("main||/shopping", await AskAsync("localhost", "/shopping"));

        // By a path.
        Assert.Equal("blog|/old/news|/1", await AskAsync("localhost", "/Old/News/1"));
        Assert.Equal("main||/old/newspaper", await AskAsync("localhost", "/old/newspaper"));

        // By a host, which then belongs to the app alone.
        Assert.Equal("shop||/cart", await AskAsync("shop.example.com", "/cart"));
        Assert.Equal("shop||/blog/", await AskAsync("SHOP.example.COM.:8443", "/blog/"));
        Assert.Equal("shop||/", await AskAsync("any.example.org", "/"));
        Assert.Equal("blog|/journal|/1", await AskAsync("example.com", "/journal/1"));
        Assert.Equal(404, (await RawHttp.GetAsync(_server.Address, "/shop/", "example.com")).Status);

        // What nothing else answers.
        Assert.Equal("main||/", await AskAsync("localhost", "/"));
        Assert.Equal("main||/nobody/there", await AskAsync("localhost", "/nobody/there"));
    }

    [Theory]
    [InlineData("localhost", "/shop/link", "/shop/link")]
    [InlineData("localhost", "/SHOP/link", "/shop/link")]
    [InlineData("localhost", "/old/news/link", "/old/news/link")]
    [InlineData("example.com", "/journal/link", "/journal/link")]
    [InlineData("shop.example.com", "/link", "/link")]
    [InlineData("localhost", "/link", "/link")]
    public async Task A_link_that_an_app_makes_leads_back_to_where_it_was_asked(string host, string path, string link) =>
        Assert.Equal(link, await AskAsync(host, path));

    [Fact]
    public async Task Routes_that_change_hold_from_the_next_request_on()
    {
        Assert.Equal("main||/news", await AskAsync("localhost", "/news"));
        _root.WriteConfig("[routes]\n/news = blog\n");
        await _server.Server.ApplyAsync(ServerConfigReader.Read(_root.Root, new ServerConfigOverrides { Environment = "Production" }), TestContext.Current.CancellationToken);

        Assert.Equal("blog|/news|", await AskAsync("localhost", "/news"));
        Assert.Equal(404, (await RawHttp.GetAsync(_server.Address, "/nobody", "localhost")).Status);
    }

    private async Task<string> AskAsync(string host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var response = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
