using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Where a session is loaded, and where it is not.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task An_endpoint_with_NoSession_loads_none_and_can_still_ask_for_it()
    {
        RowhouseException? error = null;
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                SessionPages.Map(web);
                web.MapGet("/without", (HttpContext context) =>
                {
                    error = Assert.Throws<RowhouseException>(() => context.Session.GetString("name"));
                    return context.Session.IsAvailable;
                }).WithMetadata(new NoSessionAttribute());
                web.MapGet("/asks", [NoSession] async (HttpContext context) =>
                {
                    await context.Session.LoadAsync();
                    return context.Session.GetString("name") ?? "";
                });
            },
            new() { ["session:idle"] = "10m" });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");
        Assert.Equal("Ann", await browser.GetAsync("/asks"));

        app.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("false", await browser.GetAsync("/without"));
        Assert.Equal("RH5010", error!.Code);

        // Nor has it prolonged the session.
        app.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("", await browser.GetAsync("/asks"));
    }

    [Fact]
    public async Task A_method_has_the_last_word_on_what_its_class_says()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                SessionPages.Map(web);
                web.MapControllers();
            },
            build: builder => builder.Services.AddControllers().AddApplicationPart(typeof(NoSessionController).Assembly));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("not loaded", await browser.GetAsync("/no-session/plain"));
        Assert.Equal("Ann", await browser.GetAsync("/no-session/exclusive"));
    }

    [Fact]
    public async Task Middleware_without_endpoints_awaits_LoadAsync_or_is_told_to()
    {
        RowhouseException? error = null;
        await using var app = await SessionApp.StartAsync("memory:", web => ((IApplicationBuilder)web).Run(async context =>
        {
            if (context.Request.Path == "/early")
            {
                error = Assert.Throws<RowhouseException>(() => context.Session.GetString("name"));
            }

            await context.Session.LoadAsync(context.RequestAborted);
            var name = context.Session.GetString("name");
            context.Session.SetString("name", "Ann");
            await context.Response.WriteAsync(name ?? "nobody");
        }));
        using var browser = app.NewBrowser();

        // No cookie, so nothing is to be loaded and nothing too early.
        Assert.Equal("nobody", await browser.GetAsync("/"));
        Assert.Equal("Ann", await browser.GetAsync("/early"));
        Assert.Equal("RH5010", error!.Code);
        Assert.Contains("await HttpContext.Session.LoadAsync()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Middleware_between_routing_and_endpoint_finds_the_session_loaded()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            web.Use((context, next) =>
            {
                context.Response.Headers["X-Name"] = context.Session.GetString("name");
                return next(context);
            });
            SessionPages.Map(web);
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        using var response = await browser.SendAsync("/get?key=name");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Ann", Assert.Single(response.Headers.GetValues("X-Name")));
    }

    [Fact]
    public async Task An_app_that_calls_UseSession_before_UseRouting_finds_the_session_loaded()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                web.UseSession();
                web.UseRouting();
                SessionPages.Map(web);
            },
            build: builder => builder.Services.AddSession());
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public async Task A_page_of_errors_finds_the_session_loaded_though_UseSession_is_behind_it()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                web.UseStatusCodePagesWithReExecute("/get", "?key=name");
                web.UseSession();
                SessionPages.Map(web);
            },
            build: builder => builder.Services.AddSession());
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        using var response = await browser.SendAsync("/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("Ann", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_app_without_endpoints_that_calls_UseSession_finds_the_session_loaded()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                web.UseSession();
                ((IApplicationBuilder)web).Run(context =>
                {
                    var name = context.Session.GetString("name");
                    context.Session.SetString("name", "Ann");
                    return context.Response.WriteAsync(name ?? "nobody");
                });
            },
            build: builder => builder.Services.AddSession());
        using var browser = app.NewBrowser();

        Assert.Equal("nobody", await browser.GetAsync("/"));
        Assert.Equal("Ann", await browser.GetAsync("/"));
    }

    [Fact]
    public async Task A_static_asset_loads_no_session()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            SessionPages.Map(web);
            web.MapGet("/site.css", (HttpContext context) => context.Session.IsAvailable)
                .WithMetadata(new StaticAssetDescriptor { Route = "site.css", AssetPath = "site.css" });
        });
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal("false", await browser.GetAsync("/site.css"));
    }

    [Fact]
    public async Task A_session_of_the_apps_own_store_wins()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            web =>
            {
                web.UseSession();
                web.MapGet("/type", (HttpContext context) => context.Session.GetType().Name);
                web.MapGet("/renew", async (HttpContext context) => (await Assert.ThrowsAsync<RowhouseException>(() => context.Session.RenewAsync(context.RequestAborted))).Code);
            },
            build: builder =>
            {
                builder.Services.AddSession();
                builder.Services.AddSingleton<Microsoft.AspNetCore.Session.ISessionStore, OwnSessionStore>();
            });
        using var browser = app.NewBrowser();

        Assert.Equal("OwnSession", await browser.GetAsync("/type"));
        Assert.Equal("RH5012", await browser.GetAsync("/renew"));
    }
}
