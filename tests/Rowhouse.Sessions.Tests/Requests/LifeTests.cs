using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Renewal, the end, and sessions with rules of their own.</summary>
public sealed class LifeTests
{
    private const string Cookie = "rowhouse-shop";

    private readonly SessionPlaces _places;

    public LifeTests(SessionPlaces places)
    {
        _places = places;
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_renewed_session_keeps_what_it_holds_and_its_Id(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();
        var id = await browser.GetAsync("/id-and-set?key=name&value=Ann");
        using var thief = browser.Copy();

        await browser.GetAsync("/renew");

        Assert.NotEqual(thief.Cookies[Cookie], browser.Cookies[Cookie]);
        Assert.Equal("name,user", await browser.GetAsync("/keys"));
        Assert.Equal(id, await browser.GetAsync("/id"));
        await browser.GetAsync("/renew");
        Assert.Equal(id, await browser.GetAsync("/id"));
        await browser.GetAsync("/clear");
        Assert.Equal(id, await browser.GetAsync("/id"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task The_id_before_a_renewal_opens_nothing_any_more(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        using var thief = browser.Copy();

        await browser.GetAsync("/renew");

        Assert.Equal("", await thief.GetAsync("/keys"));
        await thief.GetAsync("/set?key=planted&value=x");
        Assert.Equal("name,user", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task A_request_that_was_under_way_when_the_session_was_renewed_loses_nothing(string kind)
    {
        var (isIn, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await StartAsync(kind, web => web.MapGet("/slow", async (HttpContext context) =>
        {
            context.Session.SetIdleTimeout(TimeSpan.FromDays(1));
            context.Session.SetString("slow", "yes");
            isIn.SetResult();
            await mayGo.Task;
        }));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        using var other = browser.Copy();

        var slow = other.GetAsync("/slow");
        await isIn.Task;
        await browser.GetAsync("/renew");
        mayGo.SetResult();
        await slow;

        Assert.Equal("name,slow,user", await browser.GetAsync("/keys"));

        // Its answer comes to the same browser, and must not bring the old cookie back.
        Assert.Empty(other.SetCookies);
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_session_that_is_forgotten_is_gone_with_its_cookie_and_a_new_one_begins_with_the_next_write(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();
        var id = await browser.GetAsync("/id-and-set?key=name&value=Ann");
        using var other = browser.Copy();

        await browser.GetAsync("/forget");
        Assert.Empty(browser.Cookies);
        if (kind != "cookie")
        {
            Assert.Equal("", await other.GetAsync("/keys"));
        }

        using var again = other.Copy();
        await again.GetAsync("/forget-and-set");
        Assert.Equal("fresh", await again.GetAsync("/keys"));
        Assert.NotEqual(id, await again.GetAsync("/id"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_session_with_a_time_out_of_its_own_outlives_the_browser_and_the_usual_time_out(string kind)
    {
        await using var app = await StartAsync(kind, settings: new() { ["session:idle"] = "10m" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await browser.GetAsync("/remember");
        Assert.Contains("max-age=1209600", Assert.Single(browser.SetCookies), StringComparison.OrdinalIgnoreCase);

        app.Time.Advance(TimeSpan.FromDays(13));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Contains("max-age=1209600", Assert.Single(browser.SetCookies), StringComparison.OrdinalIgnoreCase);
        app.Time.Advance(TimeSpan.FromDays(13));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        app.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal("", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_secured_session_is_empty_by_plain_http_keeps_its_cookie_and_saves_nothing(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/secure");

        // A browser on this machine is as good as https (web2py issue 1070).
        Assert.Equal("name", await browser.GetAsync("/keys"));
        await browser.GetAsync("/clear");
        await browser.GetAsync("/set?key=name&value=Bob");

        browser.Host = "shop.example.com";
        var cookie = browser.Cookies[Cookie];
        Assert.Equal("", await browser.GetAsync("/keys"));
        Assert.Equal("false", await browser.GetAsync("/available"));
        await browser.GetAsync("/set?key=name&value=Eve");
        await browser.GetAsync("/forget");
        Assert.Equal(cookie, browser.Cookies[Cookie]);

        browser.Host = "localhost";
        Assert.Equal("Bob", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task The_cookie_of_a_renewed_session_is_sent_with_the_error_page_too_if_the_request_fails_afterwards()
    {
        await using var app = await StartAsync(
            "memory",
            web =>
            {
                web.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("sorry")));
                web.MapGet("/renew-and-fail", async (HttpContext context) =>
                {
                    await context.Session.RenewAsync();
                    throw new InvalidOperationException("on purpose");
                });
            });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal(HttpStatusCode.InternalServerError, await browser.StatusAsync("/renew-and-fail"));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task A_session_knows_who_was_signed_in_and_from_where_it_was_begun(string kind)
    {
        await using var app = await StartAsync(kind, web => web.MapGet("/sign-in", (HttpContext context) =>
        {
            context.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("name", "ann")], "test", "name", null));
            context.Session.SetString("user", "ann");
        }));
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        var begun = await SingleAsync(app);
        Assert.Equal((null, "127.0.0.1"), (begun.User, begun.ClientAddress));

        await browser.GetAsync("/sign-in");
        var signedIn = await SingleAsync(app);
        Assert.Equal(("ann", "127.0.0.1", begun.Created), (signedIn.User, signedIn.ClientAddress, signedIn.Created));
        Assert.DoesNotContain(browser.Cookies[Cookie], signedIn.Key.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_signs_in_without_the_sessions_knowledge_is_noted_with_his_next_request_and_once()
    {
        await using var app = await StartAsync("memory", web => web.MapGet("/read-as-ann", (HttpContext context) =>
        {
            context.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("name", "ann")], "test", "name", null));
        }));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await browser.GetAsync("/read-as-ann");
        var signedIn = await SingleAsync(app);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.GetAsync("/read-as-ann");

        Assert.Equal("ann", signedIn.User);
        Assert.Equal(signedIn.Modified, (await SingleAsync(app)).Modified);
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task A_request_with_the_old_cookie_right_after_a_renewal_begins_no_session_that_takes_the_place_of_the_renewed_one(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        using var late = browser.Copy();
        await browser.GetAsync("/renew");

        Assert.Equal("false", await late.GetAsync("/available"));
        await late.GetAsync("/set?key=x&value=y");

        Assert.Empty(late.SetCookies);
        Assert.Equal("name,user", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task A_request_under_way_updates_and_forgets_the_session_that_another_one_has_renewed(string kind)
    {
        var (isIn, mayGo) = (new[] { new TaskCompletionSource(), new TaskCompletionSource() }, new TaskCompletionSource());
        await using var app = await StartAsync(kind, web =>
        {
            web.MapGet("/slow-count", async (HttpContext context) =>
            {
                isIn[0].SetResult();
                await mayGo.Task;
                return await context.Session.UpdateAsync<int>("count", count => count + 1);
            });
            web.MapGet("/slow-forget", async (HttpContext context) =>
            {
                isIn[1].SetResult();
                await mayGo.Task;
                await context.Session.ForgetAsync();
            });
        });
        using var browser = app.NewBrowser();
        using var second = app.NewBrowser();
        await browser.GetAsync("/set?key=count&value=1");
        await second.GetAsync("/set?key=name&value=Bob");
        using var other = browser.Copy();
        using var leaving = second.Copy();

        var (count, forget) = (other.GetAsync("/slow-count"), leaving.GetAsync("/slow-forget"));
        await Task.WhenAll(isIn.Select(entered => entered.Task));
        await browser.GetAsync("/renew");
        await second.GetAsync("/renew");
        await browser.GetAsync("/set?key=count&value=2");
        mayGo.SetResult();
        await forget;

        Assert.Equal("3", await count);
        Assert.Equal("3", await browser.GetAsync("/get?key=count"));
        Assert.Empty(other.SetCookies);
        Assert.Equal("", await second.GetAsync("/keys"));
    }

    [Fact]
    public async Task A_session_that_is_cleared_in_the_request_that_renewed_it_keeps_its_Id()
    {
        await using var app = await StartAsync("memory", web => web.MapGet("/renew-and-clear", async (HttpContext context) =>
        {
            await context.Session.RenewAsync();
            context.Session.Clear();
        }));
        using var browser = app.NewBrowser();
        var id = await browser.GetAsync("/id-and-set?key=name&value=Ann");

        await browser.GetAsync("/renew-and-clear");

        Assert.Equal(id, await browser.GetAsync("/id"));
        Assert.Equal("", await browser.GetAsync("/keys"));
    }

    private static async Task<StoredSession> SingleAsync(SessionApp app) => Assert.Single(await app.Model.Store!.ListAsync().ToListAsync());

    private async Task<SessionApp> StartAsync(string kind, Action<WebApplication>? more = null, Dictionary<string, string?>? settings = null) => await SessionApp.StartAsync(
        await _places.NewAsync(kind),
        web =>
        {
            SessionPages.Map(web);
            web.MapGet("/renew", async (HttpContext context) =>
            {
                await context.Session.RenewAsync();
                context.Session.SetString("user", "ann");
            });
            web.MapGet("/forget", (HttpContext context) => context.Session.ForgetAsync());
            web.MapGet("/forget-and-set", async (HttpContext context) =>
            {
                await context.Session.ForgetAsync();
                context.Session.SetString("fresh", "yes");
            });
            web.MapGet("/remember", (HttpContext context) => context.Session.SetIdleTimeout(TimeSpan.FromDays(14)));
            web.MapGet("/secure", (HttpContext context) => context.Session.Secure());
            more?.Invoke(web);
        },
        settings);
}
