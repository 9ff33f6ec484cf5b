using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rowhouse.Backends;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>An app on Kestrel: one page needs Redis, one does not, and one tells of the threads.</summary>
internal static class RedisApp
{
    public const string Command = "redis-app";
    public const string Counter = "counter";
    public const string Plain = "plain";
    public const string Threads = "threads";

    public static AppKind Kind { get; } = new(Command, uri => [uri]) { Plain = Plain, Needing = Counter, Threads = Threads, NeedingPerSecond = 100 };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments[1..]);
        builder.Logging.ClearProviders();
        builder.Services.AddRowhouseBackends();
        var app = builder.Build();
        var redis = app.Services.GetRequiredService<BackendRegistry>().GetRedis(ConnectionUri.Parse(arguments[0]));
        using var threads = new ThreadWatch();
        app.MapGet($"/{Plain}", context => context.Response.WriteAsync("The same for everybody."));
        app.MapGet($"/{Threads}", context => context.Response.WriteAsync(threads.Take().ToString(CultureInfo.InvariantCulture)));
        app.MapGet($"/{Counter}", context => CountAsync(context, redis));
        await app.RunAsync().ConfigureAwait(false);
        return 0;
    }

    private static async Task CountAsync(HttpContext context, RedisBackend redis)
    {
        try
        {
            var count = await redis.UseAsync(database => database.StringIncrementAsync("visits"), cancellationToken: context.RequestAborted).ConfigureAwait(false);
            await context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }
        catch (BackendUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
