namespace Rowhouse.Hosting.Tests;

public sealed class RouteCostTests
{
    [Theory]
    [InlineData("localhost:8000", "/shop/products/42")]
    [InlineData("a.b.c.example.com:8000", "/shop/products/42")]
    [InlineData("shop.example.org", "/blog/2026/07")]
    [InlineData("localhost", "/")]
    [InlineData("localhost", "/nobody/knows")]
    public void Finding_the_app_and_cutting_a_known_path_allocates_nothing(string host, string path)
    {
        var table = RouteTableTests.MakeTable([new("*.example.com", "", "wild"), new("shop.example.org", "/blog", "blog"), new(null, "/old", "shop")]);
        Walk(table, host, path, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(table, host, path, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_path_that_was_seen_before_gives_the_same_string_even_from_another_copy()
    {
        var cache = new RemainderCache();
        var first = cache.Cut("/shop/products/42", 5);
        Assert.Equal("/products/42", first);
        Assert.Same(first, cache.Cut(new string("/shop/products/42"), 5));
        Assert.Equal("/42", cache.Cut("/shop/products/42", 14));
    }

    [Fact]
    public void The_cache_is_right_for_more_paths_than_it_holds()
    {
        var cache = new RemainderCache();
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Equal($"/{i % 700}", cache.Cut($"/shop/{i % 700}", 5));
        }
    }

    [Fact]
    public void Simple_remainders_need_no_place_in_the_cache()
    {
        var cache = new RemainderCache();
        var whole = "/whole";
        Assert.Same(whole, cache.Cut(whole, 0));
        Assert.Equal("", cache.Cut("/shop", 5));
        Assert.Equal("/", cache.Cut("/shop/", 5));
        Assert.Equal(new string('/', 500), cache.Cut("/shop" + new string('/', 500), 5));
    }

    private static void Walk(RouteTable<string> table, string host, string path, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var match = table.Find(host, path);
            table.CutPathBase(path, match.PathBaseLength);
        }
    }
}
