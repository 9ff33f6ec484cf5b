using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed partial class CookieTests
{
    [Fact]
    public async Task The_cookie_is_for_no_script_and_no_form_of_another_site_and_ends_with_the_browser()
    {
        await using var app = await SessionApp.StartAsync("memory:", SessionPages.Map);
        using var browser = app.NewBrowser();

        using var response = await browser.SendAsync("/set?key=name&value=Ann");

        Assert.Matches(PlainCookie(), Assert.Single(browser.SetCookies));
        Assert.True(response.Headers.CacheControl is { NoStore: true, NoCache: true });
    }

    [Theory]
    [InlineData("memory:", 1)]
    [InlineData("cookie:", 1)]
    public async Task On_https_the_cookie_is_bound_to_the_host_and_comes_back_there(string uri, int cookies)
    {
        using var certificate = TestCertificate.New();
        await using var app = await SessionApp.StartAsync(uri, SessionPages.Map, certificate: certificate);
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Equal(cookies, browser.Cookies.Count(cookie => cookie.Key == "__Host-rowhouse-shop"));

        // What http or another host of the domain has set is not taken for it.
        using var planted = app.NewBrowser();
        planted.Cookies["rowhouse-shop"] = browser.Cookies["__Host-rowhouse-shop"];
        Assert.Equal("", await planted.GetAsync("/get?key=name"));
        await planted.GetAsync("/set?key=name&value=Bob");
        Assert.Contains("; secure", Assert.Single(planted.SetCookies), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Under_a_path_the_cookie_has_that_path_and_its_name_can_be_chosen()
    {
        using var certificate = TestCertificate.New();
        await using var app = await SessionApp.StartAsync(
            "memory:",
            SessionPages.Map,
            new() { ["session:cookie"] = "sid", ["session:samesite"] = "strict" },
            builder => PathStartup.Add(builder, "/shop"),
            certificate);
        using var browser = app.NewBrowser();

        await browser.GetAsync("/shop/set?key=name&value=Ann");

        Assert.Matches("^sid=[A-Za-z0-9_-]{43}; path=/shop; secure; samesite=strict; httponly$", Assert.Single(browser.SetCookies));
        Assert.Equal("Ann", await browser.GetAsync("/shop/get?key=name"));
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_https_the_cookie_is_that_of_https()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            web.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto });
            SessionPages.Map(web);
            web.MapGet("/secure", (HttpContext context) => context.Session.Secure());
        });
        using var browser = app.NewBrowser();
        (browser.Host, browser.ForwardedScheme) = ("shop.example.com", "https");

        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/secure");

        Assert.Equal("__Host-rowhouse-shop", Assert.Single(browser.Cookies).Key);
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task The_name_of_an_app_that_is_no_name_of_a_cookie_is_made_one()
    {
        await using var app = await SessionApp.StartAsync("memory:", SessionPages.Map, build: builder => builder.Services.Configure<SessionsOptions>(options => options.AppName = "My shop; Ä"));
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("rowhouse-My-shop---", Assert.Single(browser.Cookies).Key);
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [InlineData("memory:", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("memory:", "short")]
    [InlineData("memory:", "../../../../etc/passwd")]
    [InlineData("memory:", "%00%01%FF")]
    [InlineData("cookie:", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cookie:", "1CfDJ8")]
    [InlineData("cookie:", "9")]
    [InlineData("cookie:", "5x")]
    public async Task An_id_that_nobody_gave_gets_a_fresh_session_under_another_id_and_no_error(string uri, string value)
    {
        await using var app = await SessionApp.StartAsync(uri, SessionPages.Map);
        using var browser = app.NewBrowser();
        browser.Cookies["rowhouse-shop"] = value;

        Assert.Equal("", await browser.GetAsync("/get?key=name"));
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.NotEqual(value, browser.Cookies["rowhouse-shop"]);
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public async Task A_cookie_with_one_bit_changed_holds_no_session()
    {
        await using var app = await SessionApp.StartAsync("cookie:", SessionPages.Map);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        var value = browser.Cookies["rowhouse-shop"];

        foreach (var position in new[] { 1, 20, value.Length / 2, value.Length - 3 })
        {
            var tampered = value[position] == 'A' ? 'B' : 'A';
            browser.Cookies["rowhouse-shop"] = string.Concat(value.AsSpan(0, position), tampered.ToString(), value.AsSpan(position + 1));
            Assert.Equal("", await browser.GetAsync("/get?key=name"));
        }

        browser.Cookies["rowhouse-shop"] = value;
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.DoesNotContain("Ann", value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_too_large_for_one_cookie_is_spread_and_what_is_left_over_is_removed_when_it_shrinks()
    {
        await using var app = await StartWithNoiseAsync();
        using var browser = app.NewBrowser();

        await browser.GetAsync("/noise?key=a&bytes=9000");
        Assert.Equal(4, browser.Cookies.Count);
        Assert.All(browser.SetCookies, line => Assert.InRange(line.Length, 1, 4000));
        Assert.Equal("9000", await browser.GetAsync("/length?key=a"));

        await browser.GetAsync("/noise?key=a&bytes=100");
        Assert.Single(browser.Cookies);
        Assert.Equal("100", await browser.GetAsync("/length?key=a"));

        // One of several that got lost: no session, and no half of one.
        await browser.GetAsync("/noise?key=a&bytes=9000");
        browser.Cookies.Remove("rowhouse-shop-3");
        Assert.Equal("0", await browser.GetAsync("/length?key=a"));
    }

    [Fact]
    public async Task What_compresses_well_takes_one_cookie()
    {
        await using var app = await StartWithNoiseAsync();
        using var browser = app.NewBrowser();

        await browser.GetAsync($"/set?key=text&value={new string('x', 6000)}");

        Assert.Single(browser.Cookies);
        Assert.Equal("6000", await browser.GetAsync("/length?key=text"));
    }

    [Fact]
    public async Task A_session_that_does_not_fit_into_cookies_is_an_error_that_names_its_largest_key()
    {
        await using var app = await StartWithNoiseAsync(environment: "Development");
        using var browser = app.NewBrowser();
        await browser.GetAsync("/noise?key=small&bytes=100");

        using var response = await browser.SendAsync("/noise?key=large&bytes=20000");

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("The largest value is 'large' with 20000 bytes.", WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.Equal("100", await browser.GetAsync("/length?key=small"));
        Assert.Equal("0", await browser.GetAsync("/length?key=large"));
    }

    private static Task<SessionApp> StartWithNoiseAsync(string environment = "Production") => SessionApp.StartAsync(
        "cookie:",
        web =>
        {
            SessionPages.Map(web);
            web.MapGet("/length", (HttpContext context, string key) => context.Session.Get(key)?.Length ?? 0);
            web.MapGet("/noise", (HttpContext context, string key, int bytes) =>
            {
                var noise = new byte[bytes];
                Random.Shared.NextBytes(noise);
                context.Session.Set(key, noise);
                return "set";
            });
        },
        environment: environment);

    [GeneratedRegex("^rowhouse-shop=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$", RegexOptions.IgnoreCase)]
    private static partial Regex PlainCookie();
}
