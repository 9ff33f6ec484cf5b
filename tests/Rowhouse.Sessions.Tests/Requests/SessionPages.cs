using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Pages that show and change a session by ASP.NET Core's own means.</summary>
internal static class SessionPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/get", (HttpContext context, string key) => context.Session.GetString(key) ?? "");
        app.MapGet("/set", (HttpContext context, string key, string value) => context.Session.SetString(key, value));
        app.MapGet("/remove", (HttpContext context, string key) => context.Session.Remove(key));
        app.MapGet("/clear", (HttpContext context) => context.Session.Clear());
        app.MapGet("/keys", (HttpContext context) => string.Join(',', context.Session.Keys.Order(StringComparer.Ordinal)));
        app.MapGet("/id", (HttpContext context) => context.Session.Id);
        app.MapGet("/available", (HttpContext context) => context.Session.IsAvailable);
        app.MapGet("/id-and-set", (HttpContext context, string key, string value) =>
        {
            context.Session.SetString(key, value);
            return context.Session.Id;
        });
    }
}
