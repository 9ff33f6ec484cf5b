namespace Rowhouse.Hosting.Tests;

public sealed class RouteTableTests
{
    private static readonly RouteSetting[] ManyRoutes =
    [
        new("shop.example.com", "", "shop"),
        new("*.example.com", "", "wild"),
        new("*.deep.example.com", "", "deep"),
        new("example.com", "/blog", "blog"),
        new("example.com", "/blog/admin", "admin"),
        new("ghost.example.com", "", "ghost"),
        new("[::1]", "", "six"),
        new(null, "/old", "shop"),
        new(null, "/Old/News", "blog"),
        new(null, "/ghost/place", "ghost"),
        new(null, "", "main"),
    ];

    [Theory]
    [InlineData("localhost", "/shop", "shop /shop|")]
    [InlineData("localhost", "/shop/", "shop /shop|/")]
    [InlineData("localhost", "/SHOP/Cart", "shop /shop|/Cart")]
    [InlineData("localhost", "/Wild/x", "wild /wild|/x")]
    [InlineData("localhost", "/", "main |/")]
    [InlineData("localhost", "", "main |")]
    [InlineData("localhost", "/unknown/x", "main |/unknown/x")]
    [InlineData("localhost", "/shopping", "main |/shopping")]
    [InlineData("localhost", "/old", "shop /old|")]
    [InlineData("localhost", "/OLD/x", "shop /old|/x")]
    [InlineData("localhost", "/older", "main |/older")]
    [InlineData("localhost", "/old/news/1", "blog /Old/News|/1")]
    [InlineData("localhost", "/ghost/place/1", "unknown")]
    [InlineData("localhost", "/ghost/other", "main |/ghost/other")]
    [InlineData("shop.example.com", "/", "shop |/")]
    [InlineData("SHOP.Example.COM.:8443", "/blog/x", "shop |/blog/x")]
    [InlineData("other.example.com", "/shop", "wild |/shop")]
    [InlineData("a.b.example.com", "/", "wild |/")]
    [InlineData("a.deep.example.com:80", "/", "deep |/")]
    [InlineData("deep.example.com", "/", "wild |/")]
    [InlineData("ghost.example.com", "/shop", "unknown")]
    [InlineData("example.com", "/blog/x", "blog /blog|/x")]
    [InlineData("example.com", "/blog/admin/x", "admin /blog/admin|/x")]
    [InlineData("example.com", "/blog/administrator", "blog /blog|/administrator")]
    [InlineData("example.com", "/shop/", "unknown")]
    [InlineData("example.com", "/", "unknown")]
    [InlineData("example.com", "", "unknown")]
    [InlineData("example.com.evil", "/shop", "shop /shop|")]
    [InlineData("[::1]:8000", "/shop", "six |/shop")]
    [InlineData("[::1]", "/", "six |/")]
    [InlineData("[::2]:8000", "/shop", "shop /shop|")]
    [InlineData("[", "/shop", "shop /shop|")]
    [InlineData("", "/shop", "shop /shop|")]
    [InlineData(":80", "/shop", "shop /shop|")]
    [InlineData("...", "/shop", "shop /shop|")]
    [InlineData("localhost", "/_rowhouse", "reserved")]
    [InlineData("shop.example.com", "/_ROWHOUSE/reload", "reserved")]
    [InlineData("localhost", "/_rowhouses/x", "main |/_rowhouses/x")]
    [InlineData("localhost", "*", "unknown")]
    [InlineData("shop.example.com", "*", "unknown")]
    public void A_request_goes_where_the_rules_say(string host, string path, string expected) =>
        Assert.Equal(expected, Ask(MakeTable(ManyRoutes), host, path));

    [Theory]
    [InlineData("//shop")]
    [InlineData("//shop/x")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/..")]
    [InlineData("/../shop")]
    [InlineData("/./shop")]
    [InlineData("/shop\0")]
    [InlineData("/shop\0/x")]
    [InlineData("/shop%2f..")]
    [InlineData("/shop%2Fx")]
    [InlineData("/%73hop")]
    [InlineData("/shop\\x")]
    [InlineData("/shop ")]
    [InlineData("/shop.")]
    [InlineData("/ſhop")]
    [InlineData("/shoＰ")]
    [InlineData("shop")]
    [InlineData("shop/x")]
    [InlineData("\\shop")]
    public void A_trick_with_the_path_reaches_no_app(string path) => Assert.Equal("unknown", Ask(MakeTable([], withWelcome: false), "localhost", path));

    [Fact]
    public void A_segment_that_is_too_long_for_a_name_reaches_no_app()
    {
        var longest = new string('a', 64);
        var table = RouteTable<string>.Create(MakeConfig([]), new Dictionary<string, string> { [longest] = longest, [longest + "a"] = "never" });
        Assert.Equal($"{longest} /{longest}|/x", Ask(table, "localhost", $"/{longest}/x"));
        Assert.Equal("unknown", Ask(table, "localhost", $"/{longest}a/x"));
        Assert.Equal("unknown", Ask(table, "localhost", "/" + new string('a', 100_000)));
    }

    [Fact]
    public void A_host_of_thousands_of_dots_is_no_host()
    {
        var table = MakeTable([new("*.example.com", "", "wild")]);
        Assert.Equal("shop /shop|", Ask(table, string.Concat(Enumerable.Repeat("a.", 10_000)) + "example.com", "/shop"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public void The_root_leads_to_the_welcome_app_if_nothing_else_is_there(string path)
    {
        var table = MakeTable([]);
        Assert.Equal("redirect /welcome/", Ask(table, "localhost", path));
        Assert.Equal("unknown", Ask(table, "localhost", "/other"));
        Assert.Equal("unknown", Ask(MakeTable([], withWelcome: false), "localhost", path));
    }

    [Fact]
    public void Only_the_chosen_apps_answer()
    {
        var config = MakeConfig([new(null, "/old", "shop")]) with { OnlyApps = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "blog" } };
        var table = RouteTable<string>.Create(config, new Dictionary<string, string> { ["shop"] = "shop", ["blog"] = "blog" });
        Assert.Equal("blog /blog|", Ask(table, "localhost", "/blog"));
        Assert.Equal("unknown", Ask(table, "localhost", "/shop"));
        Assert.Equal("unknown", Ask(table, "localhost", "/old"));
    }

    [Fact]
    public void The_places_of_an_app_are_listed()
    {
        Assert.Equal(["/shop", "shop.example.com", "/old"], MakeTable(ManyRoutes).PlacesOf("SHOP"));
        Assert.Equal(["/blog", "example.com/blog", "/Old/News"], MakeTable(ManyRoutes).PlacesOf("blog"));
        Assert.Equal(["/main", "/"], MakeTable(ManyRoutes).PlacesOf("main"));
        Assert.Empty(MakeTable([]).PlacesOf("nobody"));
    }

    [Fact]
    public void The_path_base_is_one_string_per_route()
    {
        var table = MakeTable(ManyRoutes);
        Assert.Same(table.Find("localhost", "/shop/1").PathBase, table.Find("localhost", "/SHOP/2").PathBase);
        Assert.Same(table.Find("example.com", "/blog/1").PathBase, table.Find("example.com", "/Blog/2").PathBase);
    }

    internal static ServerConfig MakeConfig(RouteSetting[] routes)
    {
        using var root = new ConfigRoot();
        return new ServerConfig { Root = root.Root, Routes = routes };
    }

    internal static RouteTable<string> MakeTable(RouteSetting[] routes, bool withWelcome = true) => RouteTable<string>.Create(
        MakeConfig(routes),
        new[] { "shop", "blog", "admin", "wild", "deep", "six", "main", "welcome" }
            .Where(app => withWelcome || app != "welcome")
            .Select(app => KeyValuePair.Create(app, app)));

    private static string Ask(RouteTable<string> table, string host, string path)
    {
        var match = table.Find(host, path);
        return match.Kind switch
        {
            RouteKind.App => $"{match.App} {match.PathBase}|{table.CutPathBase(path, match.PathBaseLength)}",
            RouteKind.Redirect => $"redirect {match.Location}",
            _ => match.Kind.ToString().ToLowerInvariant(),
        };
    }
}
