using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>A Redis that stops answering, and what becomes of requests meanwhile.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private readonly RedisServer _redis = new();

    [Fact]
    public async Task With_fail_a_request_with_a_session_is_answered_503_and_nobody_is_logged_out()
    {
        await using var app = await StartAsync("fail");
        using var browser = app.NewBrowser();
        using var visitor = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await _redis.PauseAsync();
        await MustBeRefusedAsync(browser, "/get?key=name");
        using (var page = await browser.SendAsync("/get?key=name", "text/html,*/*;q=0.8"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        }

        // Who has no session, or needs none, notices nothing.
        Assert.Equal("", await visitor.GetAsync("/get?key=name"));
        Assert.Equal("plain", await browser.GetAsync("/plain"));

        await _redis.ResumeAsync();
        await Eventually.HoldsAsync(async () => await browser.StatusAsync("/get?key=name") == HttpStatusCode.OK, "sessions are back");
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Single(app.Log.Entries, entry => entry.Message.StartsWith("Sessions are unavailable.", StringComparison.Ordinal));
        Assert.Single(app.Log.Entries, entry => entry.Message == "Sessions are available again.");
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public async Task With_without_requests_run_on_an_empty_session_that_is_not_saved_and_the_cookie_stays()
    {
        await using var app = await StartAsync("without");
        using var browser = app.NewBrowser();
        using var visitor = app.NewBrowser();

        // A slow start is an outage too, and without an error.
        await Eventually.HoldsAsync(async () => await browser.GetAsync("/set?key=name&value=Ann") == "" && browser.Cookies.Count == 1, "the session has begun");
        var cookie = Assert.Single(browser.Cookies);

        await _redis.PauseAsync();
        Assert.Equal("", await browser.GetAsync("/get?key=name"));
        Assert.Equal("false", await browser.GetAsync("/available"));
        await browser.GetAsync("/set?key=name&value=Eve");
        await visitor.GetAsync("/set?key=name&value=Bob");
        Assert.Equal(cookie, Assert.Single(browser.Cookies));
        Assert.Empty(visitor.Cookies);

        // To be signed out must not only seem so.
        await MustBeRefusedAsync(browser, "/forget");
        await MustBeRefusedAsync(browser, "/renew");

        await _redis.ResumeAsync();
        await Eventually.HoldsAsync(async () => await browser.GetAsync("/available") == "true", "sessions are back");
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task With_readonly_sessions_that_were_seen_are_read_and_what_would_change_one_is_refused()
    {
        await using var app = await StartAsync("readonly");
        using var browser = app.NewBrowser();
        using var stranger = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/set?key=more&value=x");
        stranger.Cookies["rowhouse-shop"] = new string('A', 43);

        await _redis.PauseAsync();
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Equal("more,name", await browser.GetAsync("/keys"));
        Assert.Equal("true", await browser.GetAsync("/available"));
        await MustBeRefusedAsync(browser, "/set?key=name&value=Eve");
        Assert.Equal("false", await stranger.GetAsync("/available"));
        Assert.Equal("", await stranger.GetAsync("/get?key=name"));

        await _redis.ResumeAsync();
        await Eventually.HoldsAsync(async () => await browser.StatusAsync("/set?key=name&value=Bob") == HttpStatusCode.OK, "sessions are back");
        Assert.Equal("Bob", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task With_readonly_what_was_computed_from_an_old_copy_is_not_saved_even_if_the_backend_is_back_by_then()
    {
        await using var app = await StartAsync("readonly");
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await _redis.PauseAsync();
        await MustBeRefusedAsync(browser, "/recover", "not certain");

        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task Who_was_refused_before_the_endpoint_ran_is_told_that_nothing_was_changed_and_middleware_sees_a_503()
    {
        int? seen = null;
        await using var app = await StartAsync("fail", before: web => web.Use(async (context, next) =>
        {
            await next(context);
            seen = context.Response.StatusCode;
        }));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await _redis.PauseAsync();
        await MustBeRefusedAsync(browser, "/get?key=name", "Nothing was changed");

        // A cache of answers would keep a 200 for everybody.
        Assert.Equal(503, seen);
    }

    [Theory]
    [InlineData("text", "Production")]
    [InlineData("json", "Production")]
    [InlineData("json", "Development")]
    [InlineData("json", "handled")]
    [InlineData("stream", "Production")]
    [InlineData("stream", "handled")]
    [InlineData("pipe", "Production")]
    [InlineData("file", "Production")]
    [InlineData("start", "Production")]
    [InlineData("complete", "Production")]
    [InlineData("nothing", "Production")]
    [InlineData("starting", "Production")]
    [InlineData("stock", "Production")]
    [InlineData("sync", "Production")]
    [InlineData("begin", "Production")]
    public async Task A_session_that_cannot_be_saved_is_a_503_however_the_page_writes_its_answer(string page, string environment)
    {
        await using var app = await StartAsync("fail", environment, isStock: page == "stock");
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await MustBeRefusedAsync(browser, $"/write/{page}", page == "starting" ? "" : "not certain");

        await _redis.ResumeAsync();
        await Eventually.HoldsAsync(async () => await browser.StatusAsync("/get?key=name") == HttpStatusCode.OK, "sessions are back");
    }

    [Fact]
    public async Task Bytes_that_the_server_had_before_the_session_changed_go_out_as_503()
    {
        await using var app = await StartAsync("fail");
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        using var response = await browser.SendAsync("/write/early");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_cannot_be_saved_after_the_response_has_begun_breaks_the_response_off(bool isStock)
    {
        await using var app = await StartAsync("fail", isStock: isStock);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync("/write/late"));
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private static async Task MustBeRefusedAsync(Browser browser, string path, string words = "")
    {
        using var response = await browser.SendAsync(path);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {response.StatusCode} {text}");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        if (path != "/write/starting")
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    private async Task<SessionApp> StartAsync(string outage, string environment = "Production", bool isStock = false, Action<WebApplication>? before = null)
    {
        await _redis.StartedAsync();
        return await SessionApp.StartAsync(
            $"redis://127.0.0.1:{_redis.Port}/0?timeout=10s&command-timeout=1s",
            web =>
            {
                before?.Invoke(web);
                if (environment == "handled")
                {
                    web.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("secret error page")));
                }

                if (isStock)
                {
                    web.UseSession();
                }

                SessionPages.Map(web);
                OutagePages.Map(web, _redis);
            },
            new() { ["session:outage"] = outage },
            builder => OutagePages.AddServices(builder, isStock),
            environment: environment == "handled" ? "Production" : environment);
    }
}
