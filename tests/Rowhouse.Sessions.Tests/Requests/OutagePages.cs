using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Pages whose session is loaded, and cannot be saved: the server stops answering while they run. What they answer is never to be seen.</summary>
internal static class OutagePages
{
    public static void AddServices(WebApplicationBuilder builder, bool isStock)
    {
        if (isStock)
        {
            builder.Services.AddSession();
        }
    }

    public static void Map(WebApplication app, RedisServer redis)
    {
        app.MapGet("/plain", () => "plain").WithMetadata(new NoSessionAttribute());
        app.MapGet("/forget", (HttpContext context) => context.Session.ForgetAsync());
        app.MapGet("/renew", (HttpContext context) => context.Session.RenewAsync());
        app.MapGet("/recover", async (HttpContext context, SessionsModel model) =>
        {
            context.Session.SetString("name", "Eve");
            await redis.ResumeAsync();
            await Eventually.HoldsAsync(() => IsBackAsync(model), "sessions are back");
        });
        app.MapGet("/write/{how}", (HttpContext context, string how) => WriteAsync(context, how, redis));
    }

    private static async Task<bool> IsBackAsync(SessionsModel model)
    {
        try
        {
            return await model.Store!.FindAsync(SessionKey.Of(new string('A', 43))) is null;
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(HttpContext context, string how, RedisServer redis)
    {
        await redis.PauseAsync();
        if (how == "early")
        {
            context.Response.BodyWriter.Write("early "u8);
        }

        if (how == "late")
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
        }

        if (how == "starting")
        {
            context.Response.OnStarting(() =>
            {
                context.Session.SetString("name", "Eve");
                return Task.CompletedTask;
            });
        }
        else
        {
            context.Session.SetString("name", "Eve");
        }

        await AnswerAsync(context.Response, how);
    }

    private static async Task AnswerAsync(HttpResponse response, string how)
    {
        switch (how)
        {
            case "json":
                await response.WriteAsJsonAsync(new { Secret = "secret" });
                break;
            case "stream" or "starting":
                for (var i = 0; i < 3; i++)
                {
                    await response.Body.WriteAsync(Encoding.UTF8.GetBytes("secret"));
                    await response.Body.FlushAsync();
                }

                break;
            case "pipe":
                response.BodyWriter.Write("secret"u8);
                await response.BodyWriter.FlushAsync();
                break;
            case "file":
                await response.SendFileAsync(typeof(OutagePages).Assembly.Location);
                break;
            case "start":
                await response.StartAsync();
                await response.WriteAsync("secret");
                break;
            case "complete":
                response.BodyWriter.Write("secret"u8);
                await response.CompleteAsync();
                break;
            case "nothing":
                break;
            case "sync" or "begin":
                response.HttpContext.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                await WriteOldAsync(response.Body, how == "sync");
                break;
            default:
                await response.WriteAsync("secret");
                break;
        }
    }

    private static async Task WriteOldAsync(Stream body, bool isSync)
    {
        if (!isSync)
        {
            await Task.Factory.FromAsync(body.BeginWrite, body.EndWrite, "secret"u8.ToArray(), 0, 6, null);
            return;
        }

#pragma warning disable CA1849 // it is what is tested
        body.Write("secret"u8);
        body.Flush();
#pragma warning restore CA1849
    }
}
