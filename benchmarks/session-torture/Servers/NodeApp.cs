using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rowhouse.Configuration;

namespace Rowhouse.SessionTorture.Servers;

/// <summary>The app that a server process runs. It ends when its input does, which is when the torture ends, however it does.</summary>
internal static class NodeApp
{
    public const string Command = "node";
    public const string Begin = "begin";
    public const string Read = "read";
    public const string Write = "write";
    public const string Remove = "remove";
    public const string Count = "count";

    /// <summary>The third argument: whose sessions they are.</summary>
    public const string Ours = "ours";

    /// <summary>The third argument for ASP.NET Core's own sessions.</summary>
    public const string Stock = "stock";

    // The backend, a folder, whose sessions. Prints its address.
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (uri, folder, whose) = (ConnectionUri.Parse(arguments[0]), arguments[1], arguments[2]);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder, Args = ["--urls", "http://127.0.0.1:0"] });
        builder.Logging.ClearProviders();
        if (whose == Ours)
        {
            builder.AddRowhouseSessions(options => options.Uri = uri);
        }
        else
        {
            AddStock(builder.Services, uri, folder);
        }

        await using var app = builder.Build();
        Map(app, whose);
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());

        // The reader of the console is synchronous, whatever its methods are called.
        await Task.Run(Console.In.ReadLine);
        return 0;
    }

    private static void AddStock(IServiceCollection services, ConnectionUri uri, string folder)
    {
        services.AddStackExchangeRedisCache(options => options.Configuration = string.Create(CultureInfo.InvariantCulture, $"{uri.Hosts[0].Name}:{uri.Hosts[0].Port}"));
        services.AddDataProtection().SetApplicationName("torture").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(folder, "keys")));
        services.AddSession();
    }

    private static void Map(WebApplication app, string whose)
    {
        if (whose == Stock)
        {
            // It is loaded by a thread that waits unless one asks for it beforehand.
            app.UseSession().Use(async (context, next) =>
            {
                await context.Session.LoadAsync(context.RequestAborted);
                await next(context);
            });
        }

        app.MapPost($"/{Begin}", context => SaveAsync(context, whose, session => session.SetString("born", "1")));
        app.MapPost($"/{Read}", context => context.Response.WriteAsJsonAsync(context.Session.Keys.ToDictionary(key => key, key => Text(context.Session, key))));
        app.MapPost($"/{Write}", context => SaveAsync(context, whose, session => WriteBoth(session, context)));
        app.MapPost($"/{Remove}", context => SaveAsync(context, whose, session => RemoveBoth(session, context)));
        app.MapPost($"/{Count}", context => CountAsync(context, whose));
    }

    // An acknowledgement comes after the commit, or is none: Rowhouse does so by itself.
    private static async Task SaveAsync(HttpContext context, string whose, Action<ISession> change)
    {
        change(context.Session);
        if (whose == Stock)
        {
            await context.Session.CommitAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync("saved");
    }

    // Two keys each: both are changed or none.
    private static void WriteBoth(ISession session, HttpContext context)
    {
        session.SetString(Query(context, "key"), Query(context, "value"));
        session.SetString(Query(context, "twin"), Query(context, "value"));
    }

    private static void RemoveBoth(ISession session, HttpContext context)
    {
        session.Remove(Query(context, "key"));
        session.Remove(Query(context, "twin"));
    }

    private static async Task CountAsync(HttpContext context, string whose)
    {
        var key = Query(context, "key");
        if (whose == Ours)
        {
            await context.Session.UpdateAsync<int>(key, count => count + 1, context.RequestAborted);
            await context.Response.WriteAsync("saved");
            return;
        }

        await SaveAsync(context, whose, session => session.SetString(key, (int.Parse(session.GetString(key) ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Query(HttpContext context, string name) => context.Request.Query[name].ToString();

    private static string Text(ISession session, string key) => session.TryGetValue(key, out var value) ? Encoding.UTF8.GetString(value) : "";
}
