using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Answers that are written as in the days before async.</summary>
public sealed class OldBodyTests
{
    [Fact]
    public async Task Begin_and_end_need_no_server_that_allows_synchronous_writing()
    {
        await using var app = await SessionApp.StartAsync("memory:", web => web.MapGet("/", async (HttpContext context) =>
        {
            var body = context.Response.Body;
            await Task.Factory.FromAsync(body.BeginWrite, body.EndWrite, "hello"u8.ToArray(), 0, 5, null);
        }));
        using var browser = app.NewBrowser();

        Assert.Equal("hello", await browser.GetAsync("/"));
    }

    [Fact]
    public async Task What_is_written_synchronously_does_not_begin_the_response_before_the_session_is_saved()
    {
        await using var app = await SessionApp.StartAsync("memory:", web =>
        {
            SessionPages.Map(web);
            web.MapGet("/sync", (HttpContext context) =>
            {
                context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                context.Session.SetString("name", "Ann");
                context.Response.Body.Write("hello "u8);
                context.Response.Body.Flush();
                context.Response.Body.Write(Encoding.ASCII.GetBytes($"{context.Response.HasStarted}"));
            });
        });
        using var browser = app.NewBrowser();

        Assert.Equal("hello False", await browser.GetAsync("/sync"));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }
}
