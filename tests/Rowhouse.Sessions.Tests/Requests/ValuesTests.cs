using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed class ValuesTests
{
    private readonly SessionPlaces _places;

    public ValuesTests(SessionPlaces places)
    {
        _places = places;
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task Typed_values_come_back_as_they_were_with_and_without_generated_code(string kind)
    {
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            web.MapGet("/write", (HttpContext context) =>
            {
                context.Session.Set("cart", new Cart(["tea"], 1.5m));
                context.Session.Set("generated", new Cart(["ink"], 2m), SessionJsonContext.Default.Cart);
            });
            web.MapGet("/read", (HttpContext context) =>
            {
                var (one, two) = (context.Session.Get<Cart>("cart")!, context.Session.Get("generated", SessionJsonContext.Default.Cart)!);
                return $"{one.Items[0]} {two.Items[0]} {one.Total + two.Total:0.0} {context.Session.Get<int>("none")}";
            });
            web.MapGet("/drop", (HttpContext context) => context.Session.Set<Cart>("cart", null));
            web.MapGet("/has", (HttpContext context) => context.Session.Get<Cart>("cart") is not null);
        });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/write");
        Assert.Equal("tea ink 3.5 0", await browser.GetAsync("/read"));
        await browser.GetAsync("/drop");
        Assert.Equal("false", await browser.GetAsync("/has"));
    }

    [Fact]
    public async Task Json_that_does_not_fit_is_an_error_that_names_the_key()
    {
        RowhouseException? error = null;
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            SessionPages.Map(web);
            web.MapGet("/cart", (HttpContext context) => { error = Assert.Throws<RowhouseException>(() => context.Session.Get<Cart>("cart")); });
        });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=cart&value=tea");
        await browser.GetAsync("/cart");

        Assert.Equal("RH5015", error!.Code);
        Assert.Contains("'cart'", error.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(error.InnerException);
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task An_update_is_atomic_however_many_requests_make_it_at_once(string kind)
    {
        const int Requests = 40;
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/count", (HttpContext context, CancellationToken token) => context.Session.UpdateAsync<int>("count", count => count + 1, token));
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => browser.GetAsync("/count")));

        // Each was told another number, so each saw what the one before had stored.
        Assert.Equal(Enumerable.Range(1, Requests), answers.Select(int.Parse).Order());
        Assert.Equal($"{Requests}", await browser.GetAsync("/get?key=count"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.All), MemberType = typeof(SessionPlaces))]
    public async Task An_update_begins_a_session_and_goes_well_with_what_the_request_sets_besides(string kind)
    {
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/both", async (HttpContext context) =>
            {
                context.Session.SetString("before", "b");
                await context.Session.UpdateAsync("bytes", old => [.. old ?? [], 65]);
                context.Session.SetString("after", "a");
                return string.Join(',', context.Session.Keys.Order(StringComparer.Ordinal));
            });
            web.MapGet("/end", (HttpContext context, CancellationToken token) => context.Session.UpdateAsync("bytes", (byte[]? _) => null, token));
        });
        using var browser = app.NewBrowser();

        Assert.Equal("after,before,bytes", await browser.GetAsync("/both"));
        await browser.GetAsync("/both");
        Assert.Equal("AA", await browser.GetAsync("/get?key=bytes"));
        await browser.GetAsync("/end");
        Assert.Equal("after,before", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task An_update_of_a_session_that_has_ended_meanwhile_is_an_error_and_brings_nothing_back(string kind)
    {
        RowhouseException? error = null;
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/ended", async (HttpContext context, CancellationToken token) =>
            {
                var session = Assert.Single(await ListAsync(context));
                await context.RequestServices.ModelOf().Store!.RemoveAsync(session.Key, context.RequestAborted);
                error = await Assert.ThrowsAsync<RowhouseException>(() => context.Session.UpdateAsync<int>("count", count => count + 1, token));
            });
            web.MapGet("/lost", async (HttpContext context) =>
            {
                var session = Assert.Single(await ListAsync(context));
                await context.RequestServices.ModelOf().Store!.RemoveAsync(session.Key, context.RequestAborted);
                context.Session.SetString("name", "Bob");
            });
        });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/ended");
        Assert.Equal("RH5017", error!.Code);
        Assert.Equal("", await browser.GetAsync("/keys"));

        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/lost");
        Assert.Equal("", await browser.GetAsync("/keys"));
    }

    [Theory]
    [MemberData(nameof(SessionPlaces.Shared), MemberType = typeof(SessionPlaces))]
    public async Task A_value_that_makes_the_session_too_large_is_refused_with_its_key_and_sizes(string kind)
    {
        RowhouseException? error = null;
        await using var app = await SessionApp.StartAsync(
            await _places.NewAsync(kind),
            web =>
            {
                SessionPages.Map(web);
                web.MapGet("/large", (HttpContext context, string key, int bytes) =>
                {
                    try
                    {
                        context.Session.Set(key, new byte[bytes]);
                    }
                    catch (RowhouseException e)
                    {
                        error = e;
                    }
                });
            },
            new() { ["session:limit"] = "2KB" });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/large?key=a&bytes=1000");
        await browser.GetAsync("/large?key=b&bytes=1000");
        Assert.Null(error);
        await browser.GetAsync("/large?key=c&bytes=1000");

        Assert.Equal("RH5014", error!.Code);
        Assert.Contains("'c' of 1000 bytes: it would hold 3003 bytes and may hold 2048", error.Message, StringComparison.Ordinal);
        Assert.Equal("a,b", await browser.GetAsync("/keys"));

        await browser.GetAsync("/remove?key=a");
        error = null;
        await browser.GetAsync("/large?key=c&bytes=1000");
        Assert.Null(error);
    }

    [Fact]
    public async Task Setting_what_is_stored_already_saves_nothing()
    {
        await using var app = await SessionApp.StartAsync("memory:", SessionPages.Map);
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        var before = await SingleAsync(app);

        app.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.Equal(before.Modified, (await SingleAsync(app)).Modified);

        await browser.GetAsync("/set?key=name&value=Bob");
        Assert.Equal(before.Modified + TimeSpan.FromMinutes(1), (await SingleAsync(app)).Modified);
    }

    [Fact]
    public async Task Reading_prolongs_a_session_at_most_once_in_a_tenth_of_its_time_out()
    {
        await using var app = await SessionApp.StartAsync("memory:", SessionPages.Map, new() { ["session:idle"] = "10m" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        var before = await SingleAsync(app);

        app.Time.Advance(TimeSpan.FromSeconds(59));
        await browser.GetAsync("/get?key=name");
        Assert.Equal(before.Expires, (await SingleAsync(app)).Expires);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.GetAsync("/get?key=name");
        Assert.Equal(before.Expires + TimeSpan.FromMinutes(1), (await SingleAsync(app)).Expires);
    }

    [Fact]
    public async Task What_a_page_does_with_the_bytes_it_was_given_changes_no_session()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            SessionPages.Map(web);
            web.MapGet("/spoil", (HttpContext context) =>
            {
                Assert.True(context.Session.TryGetValue("name", out var bytes));
                bytes[0] = (byte)'X';
            });
        });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/spoil"));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    private static async Task<List<StoredSession>> ListAsync(HttpContext context) => await context.RequestServices.ModelOf().Store!.ListAsync().ToListAsync();

    private static async Task<StoredSession> SingleAsync(SessionApp app) => Assert.Single(await app.Model.Store!.ListAsync().ToListAsync());

    [Fact]
    public async Task An_update_that_fails_does_not_take_other_changes_of_the_request_with_it()
    {
        var codes = new List<string>();
        await using var app = await SessionApp.StartAsync("cookie:", web =>
        {
            SessionPages.Map(web);
            web.MapGet("/try", (HttpContext context) => TryAsync(context, codes));
        });
        using var browser = app.NewBrowser();

        await browser.GetAsync("/try");

        Assert.Equal(["RH5020"], codes);
        Assert.Equal("name", await browser.GetAsync("/keys"));
    }

    private static async Task TryAsync(HttpContext context, List<string> codes)
    {
        context.Session.SetString("name", "Ann");
        var error = await Assert.ThrowsAsync<RowhouseException>(() => context.Session.UpdateAsync("large", _ => System.Security.Cryptography.RandomNumberGenerator.GetBytes(100_000), context.RequestAborted));
        codes.Add(error.Code);
    }
}
