using System.Diagnostics;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Health;

/// <summary>What a backend that is paused or gone costs. Alone, since the threads of the whole process are counted.</summary>
[Collection(nameof(Alone))]
public sealed class OutageTests : IAsyncDisposable
{
    private const int MaxThreadGrowth = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(700);

    /// <summary>What this machine may add to a time-out when it is busy; without a limit the drivers take from 5 to 30 s.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    private readonly BackendRegistry _registry = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Theory]
    [InlineData("signal")]
    [InlineData("client-pause")]
    [InlineData("kill")]
    public async Task A_Redis_that_stops_costs_each_caller_a_time_out_then_nothing_and_comes_back_by_itself(string how)
    {
        await using var server = new RedisServer();
        await server.StartedAsync();
        var redis = _registry.GetRedis(ConnectionUri.Parse($"redis://127.0.0.1:{server.Port}?timeout=2s&command-timeout=700ms"));

        await MustStopAndComeBackAsync(
            redis,
            () => redis.UseAsync(database => database.StringSetAsync("a", "b"), cancellationToken: Stop),
            () => how switch { "signal" => server.PauseAsync(), "kill" => server.KillAsync(), _ => server.SendAsync("CLIENT PAUSE 12000 ALL") },
            () => how switch { "signal" => server.ResumeAsync(), "kill" => server.RestartAsync(), _ => Task.CompletedTask });
    }

    [Theory]
    [InlineData("signal")]
    [InlineData("kill")]
    public async Task A_PostgreSQL_that_stops_costs_each_caller_a_time_out_then_nothing_and_comes_back_by_itself(string how)
    {
        await using var server = new PostgresServer();
        var database = _registry.GetDatabase(ConnectionUri.Parse(await server.UriAsync("?timeout=2s&command-timeout=700ms")));

        await MustStopAndComeBackAsync(
            database,
            () => SelectAsync(database),
            () => how == "signal" ? server.PauseAsync() : server.KillAsync(),
            () => how == "signal" ? server.ResumeAsync() : server.RestartAsync());
    }

    [Fact]
    public async Task A_MariaDB_that_stops_costs_each_caller_a_time_out_then_nothing_and_comes_back_by_itself()
    {
        await using var server = new MariaDbServer();
        var database = _registry.GetDatabase(ConnectionUri.Parse(await server.UriAsync("?timeout=2s&command-timeout=700ms")));

        await MustStopAndComeBackAsync(database, () => SelectAsync(database), server.PauseAsync, server.ResumeAsync);
    }

    private static Task<bool> SelectAsync(DatabaseBackend database) => database.UseAsync(
        async (connection, token) =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "select 1";
            return Convert.ToInt32(await command.ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture) == 1;
        },
        cancellationToken: Stop);

    private static async Task MustStopAndComeBackAsync(Backend backend, Func<Task<bool>> call, Func<Task> stop, Func<Task> resume)
    {
        await Eventually.HoldsAsync(() => SucceedsAsync(call), "it works");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SucceedsAsync(call)));
        var threads = ThreadPool.ThreadCount;
        await stop();

        // Forty at once find out together.
        var first = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => MustFailAsync(call)));
        Assert.All(first, result => Assert.True(result.Elapsed < Limit + Slack, $"A caller lost {result.Elapsed}."));
        await Eventually.HoldsAsync(async () => (await MustFailAsync(call)).Code == "RH4002", "the circuit is open");

        // Nobody who comes later loses anything: a thousand of them less than one time-out each would be.
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal("RH4002", (await MustFailAsync(call)).Code);
        }

        Assert.True(clock.Elapsed < Slack, $"A thousand callers lost {clock.Elapsed} together.");
        Assert.NotEqual(BackendCircuit.Closed, backend.State.Circuit);
        Assert.NotNull(backend.State.LastError);
        Assert.True(ThreadPool.ThreadCount - threads <= MaxThreadGrowth, $"From {threads} threads to {ThreadPool.ThreadCount}.");

        await resume();
        await Eventually.HoldsAsync(() => SucceedsAsync(call), "it works again, in the same process");
        await Eventually.HoldsAsync(() => backend.State.Circuit == BackendCircuit.Closed, "its state says so");
    }

    private static async Task<bool> SucceedsAsync(Func<Task<bool>> call)
    {
        try
        {
            return await call();
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }

    private static async Task<(string Code, TimeSpan Elapsed)> MustFailAsync(Func<Task<bool>> call)
    {
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<BackendUnavailableException>(call);
        return (error.Code, clock.Elapsed);
    }
}
