using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rowhouse.Benchmarks.Configuration;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Sessions.Requests;

/// <summary>An app on Kestrel whose page counts the visits of a session; the same code over Rowhouse's sessions and ASP.NET Core's own.</summary>
internal static class SessionApp
{
    public const string Command = "session-app";
    public const string Visit = "visit";
    public const string Plain = "plain";
    public const string Threads = "threads";

    /// <summary>The first argument: whose sessions they are. The second is the backend.</summary>
    public const string Ours = "ours";

    /// <summary>The first argument for ASP.NET Core's own sessions.</summary>
    public const string Stock = "stock";

    private const string Key = "visits";

    /// <summary>The app with Rowhouse's sessions on a Redis.</summary>
    public static AppKind OnRedis { get; } = new(Command, uri => [Ours, uri])
    {
        Plain = Plain,
        Needing = Visit,
        Threads = Threads,
        NeedingPerSecond = 200,
        BeginAsync = VisitorScript.BeginAsync,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (whose, uri) = (arguments[0], ConnectionUri.Parse(arguments[1]));
        var builder = WebApplication.CreateSlimBuilder(arguments[2..]);
        builder.Logging.ClearProviders();
        if (whose == Ours)
        {
            builder.AddRowhouseSessions(options => options.Uri = uri);
        }
        else
        {
            AddStock(builder.Services, uri);
        }

        var app = builder.Build();
        using var threads = new ThreadWatch();
        if (whose == Stock)
        {
            app.UseSession();
        }

        app.MapGet($"/{Plain}", context => context.Response.WriteAsync("The same for everybody."));
        app.MapGet($"/{Threads}", context => context.Response.WriteAsync(threads.Take().ToString(CultureInfo.InvariantCulture)));
        app.MapGet($"/{Visit}", CountAsync);
        await app.RunAsync().ConfigureAwait(false);
        return 0;
    }

    private static void AddStock(IServiceCollection services, ConnectionUri uri)
    {
        if (uri.Scheme == "redis")
        {
            services.AddStackExchangeRedisCache(options => (options.Configuration, options.InstanceName) = ($"{uri.Hosts[0].Name}:{uri.Hosts[0].Port}", uri.FindOption("prefix")));
        }
        else
        {
            services.AddDistributedMemoryCache();
        }

        services.AddSession();
    }

    private static async Task CountAsync(HttpContext context)
    {
        // ASP.NET Core's own is loaded by a thread that waits unless one asks for it beforehand.
        await context.Session.LoadAsync(context.RequestAborted).ConfigureAwait(false);
        var count = (context.Session.GetInt32(Key) ?? 0) + 1;
        context.Session.SetInt32(Key, count);
        await context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
    }
}
