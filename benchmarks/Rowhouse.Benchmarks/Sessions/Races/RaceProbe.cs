using System.Text.Json;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Rowhouse.Backends;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>One of the processes of a race, race after race.</summary>
internal static class RaceProbe
{
    public const string Command = "race-probe";
    public const string Ready = "ready";
    public const string Done = "done";

    private const string App = "race";

    // A line with the task; "ready"; a line to go; "done"; a line to look for what was written; the result.
    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            var task = JsonSerializer.Deserialize<RaceTask>(line)!;
            var (registry, uri) = (new BackendRegistry(), ConnectionUri.Parse(task.Uri));
            using var cache = task.IsStock ? new RedisCache(new RedisCacheOptions { Configuration = $"{uri.Hosts[0].Name}:{uri.Hosts[0].Port}", InstanceName = uri.FindOption("prefix") }) : null;
            IRaceSessions sessions = cache is null ? new StoreRaceSessions(SessionStore.Open(uri, App, registry)) : new StockRaceSessions(cache);
            await RunAsync(task, sessions).ConfigureAwait(false);
            await registry.CloseAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task RunAsync(RaceTask task, IRaceSessions sessions)
    {
        // With connections and what else there is to be made.
        await sessions.ReadAsync(task.Sessions[0]).ConfigureAwait(false);
        var team = new RaceTeam(task, sessions);
        await SayAsync(Ready).ConfigureAwait(false);
        await team.WriteAsync().ConfigureAwait(false);
        await SayAsync(Done).ConfigureAwait(false);
        Console.WriteLine(JsonSerializer.Serialize(await team.CheckAsync().ConfigureAwait(false)));
    }

    private static async Task SayAsync(string word)
    {
        Console.WriteLine(word);
        await Console.In.ReadLineAsync().ConfigureAwait(false);
    }
}
