using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed class ExclusiveTests
{
    private readonly SessionPlaces _places;

    public ExclusiveTests(SessionPlaces places)
    {
        _places = places;
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task Exclusive_requests_of_a_session_run_one_after_the_other_and_others_are_not_held_up(string kind)
    {
        var (isIn, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/count", [ExclusiveSession(WaitSeconds = 120)] async (HttpContext context) =>
            {
                var count = int.Parse(context.Session.GetString("count")!, CultureInfo.InvariantCulture);
                await Task.Yield();
                context.Session.SetString("count", $"{count + 1}");
            });
            web.MapGet("/hold", [ExclusiveSession(WaitSeconds = 120)] async () =>
            {
                isIn.SetResult();
                await mayGo.Task;
            });
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=count&value=0");

        var hold = browser.GetAsync("/hold");
        await isIn.Task;
        var counts = Enumerable.Range(0, 8).Select(_ => browser.GetAsync("/count")).ToList();
        Assert.Equal("0", await browser.GetAsync("/get?key=count"));
        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.DoesNotContain(counts, count => count.IsCompleted);
        mayGo.SetResult();
        await Task.WhenAll([hold, .. counts]);

        Assert.Equal("8", await browser.GetAsync("/get?key=count"));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task Who_has_waited_long_enough_is_answered_503_and_other_sessions_do_not_wait(string kind)
    {
        var (isIn, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/hold", async () =>
            {
                isIn.SetResult();
                await mayGo.Task;
            }).WithMetadata(new ExclusiveSessionAttribute { WaitSeconds = 0 });
            web.MapGet("/try", () => "mine").WithMetadata(new ExclusiveSessionAttribute { WaitSeconds = 0 });
        });
        using var browser = app.NewBrowser();
        using var other = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        var hold = browser.GetAsync("/hold");
        await isIn.Task;
        using (var refused = await browser.SendAsync("/try"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("RH5021", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal("mine", await other.GetAsync("/try"));
        mayGo.SetResult();
        await hold;
        Assert.Equal("mine", await browser.GetAsync("/try"));
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public async Task Who_has_lost_the_lock_does_not_write_over_what_the_next_one_wrote()
    {
        await using var redis = new RedisServer();
        await redis.StartedAsync();
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                SessionPages.Map(web);
                web.MapGet("/asleep", [ExclusiveSession(LeaseSeconds = 1)] async (HttpContext context) =>
                {
                    await redis.SendAsync("FLUSHALL");
                    await Eventually.HoldsAsync(() => ((RequestSession)context.Session).HasLostHold, "the lock is lost");
                    context.Session.SetString("name", "Eve");
                });
            },
            new() { ["session:locks"] = $"redis://127.0.0.1:{redis.Port}/0" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        using var response = await browser.SendAsync("/asleep");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("RH5016", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Theory]
    [InlineData("cookie:")]
    [InlineData("memcached://127.0.0.1:1")]
    public async Task Where_nobody_keeps_locks_the_error_names_the_setting(string uri)
    {
        await using var app = await SessionApp.StartAsync(uri, web =>
        {
            SessionPages.Map(web);
            web.MapGet("/alone", [ExclusiveSession] () => "alone");
        });
        using var browser = app.NewBrowser();
        if (uri == "cookie:")
        {
            await browser.GetAsync("/set?key=name&value=Ann");
        }
        else
        {
            browser.Cookies["rowhouse-shop"] = new string('A', 43);
        }

        Assert.Equal(HttpStatusCode.InternalServerError, await browser.StatusAsync("/alone"));
        Assert.Contains(app.Log.Errors, error => error.Contains("session.locks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_in_cookies_can_be_exclusive_with_locks_elsewhere()
    {
        await using var app = await SessionApp.StartAsync(
            "cookie:",
            web =>
            {
                SessionPages.Map(web);
                web.MapGet("/alone", [ExclusiveSession] () => "alone");
            },
            new() { ["session:locks"] = await _places.NewAsync("file") });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("alone", await browser.GetAsync("/alone"));
        Assert.Equal("alone", await browser.GetAsync("/alone"));
    }

    [Fact]
    public async Task An_error_page_that_is_exclusive_too_is_shown_and_the_session_is_free_afterwards()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            web.UseExceptionHandler("/sorry");
            SessionPages.Map(web);
            web.MapGet("/sorry", [ExclusiveSession(WaitSeconds = 0)] () => "sorry");
            web.MapGet("/fail", [ExclusiveSession(WaitSeconds = 0)] string () => throw new InvalidOperationException("on purpose"));
            web.MapGet("/try", [ExclusiveSession(WaitSeconds = 0)] () => "mine");
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        using var response = await browser.SendAsync("/fail");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("sorry", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("mine", await browser.GetAsync("/try"));
    }

    [Fact]
    public async Task An_exclusive_request_sees_what_the_one_before_it_saved_even_if_middleware_had_loaded_the_session_earlier()
    {
        var (isIn, isLoaded, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            web.Use(async (context, next) =>
            {
                await context.Session.LoadAsync();
                if (context.Request.Path == "/count")
                {
                    isLoaded.SetResult();
                }

                await next(context);
            });
            web.UseRouting();
            SessionPages.Map(web);
            web.MapGet("/hold", [ExclusiveSession(WaitSeconds = 120)] async (HttpContext context) =>
            {
                isIn.SetResult();
                await mayGo.Task;
                context.Session.SetString("count", "1");
            });
            web.MapGet("/count", [ExclusiveSession(WaitSeconds = 120)] (HttpContext context) => context.Session.GetString("count"));
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=count&value=0");

        var hold = browser.GetAsync("/hold");
        await isIn.Task;
        var count = browser.GetAsync("/count");
        await isLoaded.Task;
        mayGo.SetResult();
        await hold;

        Assert.Equal("1", await count);
    }

    [Fact]
    public async Task Locks_that_are_down_are_a_503_and_do_not_make_the_sessions_down()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                SessionPages.Map(web);
                web.MapGet("/alone", [ExclusiveSession] () => "alone");
            },
            new() { ["session:locks"] = "redis://127.0.0.1:1/0?timeout=1s" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync("/alone"));
        Assert.DoesNotContain(app.Log.Entries, entry => entry.Message.StartsWith("Sessions are unavailable.", StringComparison.Ordinal));
    }

    [Fact]
    public void Waits_and_leases_that_cannot_be_are_errors_where_they_are_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExclusiveSessionAttribute { WaitSeconds = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExclusiveSessionAttribute { LeaseSeconds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExclusiveSessionAttribute { LeaseSeconds = 3601 });
    }
}
