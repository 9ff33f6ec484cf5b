namespace Rowhouse.Hosting.Tests;

public sealed class PathTrickTests : IClassFixture<TrickedServer>
{
    private readonly Uri _address;

    public PathTrickTests(TrickedServer server)
    {
        _address = server.Address;
    }

    [Theory]
    [InlineData("/shop/../blog/x")]
    [InlineData("/shop/%2e%2e/blog/x")]
    [InlineData("/shop/%2E./blog/x")]
    [InlineData("/shop/.%2e/blog/x")]
    [InlineData("/shop/a/../../blog/x")]
    [InlineData("/shop/./../blog/x")]
    [InlineData("/shop//../../blog/x")]
    [InlineData("/shop/..%2fblog/x")]
    [InlineData("/shop/..%2Fblog%2Fx")]
    [InlineData("/shop%2f..%2fblog/x")]
    [InlineData("/shop%2fx/../../blog/x")]
    [InlineData("/shop/..%5cblog/x")]
    [InlineData("/shop/..\\blog/x")]
    [InlineData("/shop\\..\\blog/x")]
    [InlineData("/shop/..;/blog/x")]
    [InlineData("/shop/%252e%252e/blog/x")]
    [InlineData("/shop/%c0%ae%c0%ae/blog/x")]
    [InlineData("/shop/\u00c0\u00ae\u00c0\u00ae/blog/x")]
    [InlineData("/shop/..%00/blog/x")]
    [InlineData("/shop%00/blog/x")]
    [InlineData("//blog/x")]
    [InlineData("//shop/../blog/x")]
    [InlineData("/\\blog/x")]
    [InlineData("/%2fblog/x")]
    [InlineData("/%5cblog/x")]
    [InlineData("/./shop/../blog/x")]
    [InlineData("/x/../blog/x")]
    [InlineData("/../blog/x")]
    [InlineData("/../../../blog/x")]
    [InlineData("http://localhost/shop/../blog/x")]
    [InlineData("http://localhost/shop/%2e%2e/blog/x")]
    [InlineData("/blog%20/x")]
    [InlineData("/blog./x")]
    [InlineData("/blog%09/x")]
    [InlineData("/bl%E2%80%8Bog/x")]
    public async Task A_trick_with_the_path_does_not_reach_the_other_app(string target)
    {
        var response = await RawHttp.GetAsync(_address, target);

        Assert.DoesNotContain("blog|", response.Body, StringComparison.Ordinal);
        Assert.True(response.Status is 400 or 404 || response.Body.StartsWith("shop|/shop|", StringComparison.Ordinal), $"{response.Status} {response.Body}");
    }

    [Theory]
    [InlineData("/shop/../../rowhouse.ini")]
    [InlineData("/shop/../Program.cs")]
    [InlineData("/shop/..%2fProgram.cs")]
    [InlineData("/shop/..%5cProgram.cs")]
    [InlineData("/shop/..\\Program.cs")]
    [InlineData("/shop/%2e%2e/Program.cs")]
    [InlineData("/shop/%2e%2e%2fProgram.cs")]
    [InlineData("/shop/css/../../Program.cs")]
    [InlineData("/shop/css/..%2f..%2fProgram.cs")]
    [InlineData("/shop//../Program.cs")]
    [InlineData("/shop/wwwroot/../Program.cs")]
    [InlineData("/shop/site.css%00.cs")]
    [InlineData("/shop/%2fetc/passwd")]
    [InlineData("/shop//etc/passwd")]
    [InlineData("/shop/../../../../../../../../etc/passwd")]
    [InlineData("/shop/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/shop/file:///etc/passwd")]
    public async Task A_trick_with_the_path_does_not_reach_a_file_outside_wwwroot(string target)
    {
        var response = await RawHttp.GetAsync(_address, target);

        Assert.DoesNotContain("WebApplication", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("[routes]", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", response.Body, StringComparison.Ordinal);
        Assert.True(response.Status is 400 or 404 || response.Body.StartsWith("shop|/shop|", StringComparison.Ordinal), $"{response.Status} {response.Body}");
    }

    [Theory]
    [InlineData("/shop/site.css", "body {}")]
    [InlineData("/shop/css/../site.css", "body {}")]
    [InlineData("/shop/%73ite.css", "body {}")]
    [InlineData("/%73hop/site.css", "body {}")]
    [InlineData("/shop/./site.css?a=/../b", "body {}")]
    [InlineData("/shop/a..b/..c", "shop|/shop|/a..b/..c")]
    [InlineData("/shop/a/b/../../c", "shop|/shop|/c")]
    [InlineData("http://localhost/shop/a/../c?d", "shop|/shop|/c")]
    public async Task A_path_that_stays_within_its_app_is_taken_as_it_is_meant(string target, string answer) =>
        Assert.Equal(answer, (await RawHttp.GetAsync(_address, target)).Body);

    [Theory]
    [InlineData("GET http://guarded.example/x HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET http://localhost/x HTTP/1.1\r\nHost: guarded.example\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: localhost\r\nHost: guarded.example\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: guarded.example, localhost\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: guarded.example@localhost\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: localhost/guarded.example\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: guarded.example:80:80\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost : guarded.example\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: localhost\r\n guarded.example\r\n")]
    [InlineData("GET /x HTTP/1.1\r\n")]
    public async Task A_request_whose_hosts_contradict_one_another_reaches_no_app(string head)
    {
        var response = await RawHttp.SendAsync(_address, head + "Connection: close\r\n\r\n");

        Assert.Equal(400, response.Status);
        Assert.DoesNotContain('|', response.Body);
    }

    [Fact]
    public async Task Forwarding_headers_of_a_client_choose_no_app()
    {
        var response = await RawHttp.SendAsync(
            _address,
            "GET /x HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: guarded.example\r\nX-Original-URL: /blog/x\r\nX-Rewrite-URL: /blog/x\r\nX-Forwarded-Prefix: /blog\r\nConnection: close\r\n\r\n");

        Assert.Equal(404, response.Status);
    }

    [Theory]
    [InlineData(8000, 404)]
    [InlineData(9000, 414)]
    [InlineData(2_000_000, 414)]
    public async Task An_overlong_path_is_refused(int length, int status) =>
        Assert.Equal(status, (await RawHttp.GetAsync(_address, "/" + new string('b', length))).Status);

    [Fact]
    public async Task The_target_of_a_request_to_the_whole_server_reaches_no_app()
    {
        var response = await RawHttp.SendAsync(_address, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain('|', response.Body);
        Assert.Equal(404, response.Status);
    }
}
