using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>What "Session and state management in ASP.NET Core" says of sessions, on every kind of place.</summary>
public sealed class StockBehaviourTests
{
    private readonly SessionPlaces _places;

    public StockBehaviourTests(SessionPlaces places)
    {
        _places = places;
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task What_one_request_sets_the_next_one_finds(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();

        Assert.Equal("", await browser.GetAsync("/get?key=name"));
        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/set?key=age&value=7");
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Equal("7", await browser.GetAsync("/get?key=age"));
        Assert.Equal("age,name", await browser.GetAsync("/keys"));

        using var other = app.NewBrowser();
        Assert.Equal("", await other.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_key_can_be_removed_and_all_of_them(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=a&value=1");
        await browser.GetAsync("/set?key=b&value=2");
        await browser.GetAsync("/remove?key=a");
        Assert.Equal("b", await browser.GetAsync("/keys"));
        await browser.GetAsync("/clear");
        Assert.Equal("", await browser.GetAsync("/keys"));
        await browser.GetAsync("/set?key=c&value=3");
        Assert.Equal("c", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_session_comes_into_being_with_its_first_write_and_not_before(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();

        await browser.GetAsync("/get?key=name");
        await browser.GetAsync("/clear");
        await browser.GetAsync("/remove?key=name");
        await browser.GetAsync("/id");
        Assert.Empty(browser.Cookies);

        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.Single(browser.Cookies);

        if (kind != "cookie")
        {
            await browser.GetAsync("/set?key=other&value=1");
            Assert.Empty(browser.SetCookies);
        }
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task The_id_is_the_same_as_long_as_the_session_lives_and_is_not_what_the_cookie_holds(string kind)
    {
        await using var app = await StartAsync(kind);
        using var browser = app.NewBrowser();

        var first = await browser.GetAsync("/id-and-set?key=name&value=Ann");
        var second = await browser.GetAsync("/id");
        await browser.GetAsync("/clear");

        Assert.Equal(first, second);
        Assert.Equal(first, await browser.GetAsync("/id"));
        Assert.DoesNotContain(browser.Cookies.Values, value => value.Contains(first, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_session_ends_after_the_idle_time_out_and_each_request_prolongs_it(string kind)
    {
        await using var app = await StartAsync(kind, new() { ["session:idle"] = "10m" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        app.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        app.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        app.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task A_session_ends_at_its_absolute_time_out_however_busy_it_is(string kind)
    {
        await using var app = await StartAsync(kind, new() { ["session:idle"] = "10m", ["session:absolute"] = "25m" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        for (var minutes = 8; minutes < 25; minutes += 8)
        {
            app.Time.Advance(TimeSpan.FromMinutes(8));
            await browser.GetAsync($"/set?key=name&value={minutes}");
            Assert.Equal($"{minutes}", await browser.GetAsync("/get?key=name"));
        }

        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task Two_requests_at_once_that_write_different_keys_both_count(string kind)
    {
        var (bothAreIn, count) = (new TaskCompletionSource(), 0);
        await using var app = await StartAsync(kind, more: web => web.MapGet("/slow", async (HttpContext context, string key) =>
        {
            context.Session.SetString("loaded", context.Session.GetString("loaded") ?? "");
            if (Interlocked.Increment(ref count) == 2)
            {
                bothAreIn.SetResult();
            }

            await bothAreIn.Task;
            context.Session.SetString(key, key);
        }));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=loaded&value=x");
        using var other = browser.Copy();

        await Task.WhenAll(browser.GetAsync("/slow?key=one"), other.GetAsync("/slow?key=two"));

        Assert.Equal("loaded,one,two", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task An_app_that_has_AddSession_and_UseSession_needs_one_line_and_no_other_change(string kind)
    {
        await using var app = await SessionApp.StartAsync(
            await _places.NewAsync(kind),
            web =>
            {
                web.UseSession();
                SessionPages.Map(web);
            },
            build: builder => builder.Services.AddSession(options =>
            {
                options.Cookie.Name = "theirs";
                options.IdleTimeout = TimeSpan.FromMinutes(60);
            }));
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        app.Time.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Equal("rowhouse-shop", Assert.Single(browser.Cookies).Key);
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public async Task TempData_in_the_session_lives_for_one_redirect()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                web.UseSession();
                web.MapControllers();
            },
            build: builder =>
            {
                builder.Services.AddSession();
                builder.Services.AddControllersWithViews().AddSessionStateTempDataProvider().AddApplicationPart(typeof(TempDataController).Assembly);
            });
        using var browser = app.NewBrowser();

        Assert.Equal(System.Net.HttpStatusCode.Redirect, await browser.StatusAsync("/temp-data/write"));
        Assert.Equal("saved", await browser.GetAsync("/temp-data/read"));
        Assert.Equal("nothing", await browser.GetAsync("/temp-data/read"));
        Assert.Empty(app.Log.Errors);
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task What_changes_after_the_response_has_begun_is_saved_at_the_end_of_the_request(string kind)
    {
        await using var app = await StartAsync(kind, more: web => web.MapGet("/late", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            context.Session.SetString("late", "yes");
        }));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("begun", await browser.GetAsync("/late"));
        Assert.Equal("yes", await browser.GetAsync("/get?key=late"));
    }

    [Fact]
    public async Task A_session_cannot_come_into_being_after_the_response_has_begun()
    {
        RowhouseException? error = null;
        await using var app = await StartAsync("memory", more: web => web.MapGet("/late", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            error = Assert.Throws<RowhouseException>(() => context.Session.SetString("late", "yes"));
        }));
        using var browser = app.NewBrowser();

        await browser.GetAsync("/late");

        Assert.Equal("RH5013", error!.Code);
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task What_was_set_before_an_error_stays_set(string kind)
    {
        await using var app = await StartAsync(kind, more: web =>
        {
            web.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("sorry")));
            web.MapGet("/fail", (HttpContext context) =>
            {
                context.Session.SetString("name", "Bob");
                throw new InvalidOperationException("on purpose");
            });
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, await browser.StatusAsync("/fail"));
        Assert.Equal("Bob", await browser.GetAsync("/get?key=name"));
    }

    private async Task<SessionApp> StartAsync(string kind, Dictionary<string, string?>? settings = null, Action<WebApplication>? more = null) =>
        await SessionApp.StartAsync(
            await _places.NewAsync(kind),
            web =>
            {
                SessionPages.Map(web);
                more?.Invoke(web);
            },
            settings);
}
