using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Health;

/// <summary>What holds for every backend.</summary>
public sealed class BackendTests : IAsyncDisposable
{
    private readonly Places _places;
    private readonly BackendRegistry _registry = new();

    public BackendTests(Places places)
    {
        _places = places;
    }

    public static TheoryData<string> Kinds => Places.Kinds;

    public static TheoryData<string> Databases => Places.Databases;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public void One_connection_has_one_backend_in_whatever_words_it_is_named()
    {
        var backend = _registry.Get(ConnectionUri.Parse("postgresql://u:p@LOCALHOST/db?pool=3&tls=disable"));

        Assert.Same(backend, _registry.Get(ConnectionUri.Parse("postgres://u:p@localhost:5432/db?tls=disable&pool=3")));
        Assert.NotSame(backend, _registry.Get(ConnectionUri.Parse("postgres://u:other@localhost:5432/db?tls=disable&pool=3")));
        Assert.Same(_registry.In("/a").Get(ConnectionUri.Parse("file:b")), _registry.In("/other").Get(ConnectionUri.Parse("file:/a/b")));
        Assert.NotSame(_registry.In("/a").Get(ConnectionUri.Parse("file:b")), _registry.In("/other").Get(ConnectionUri.Parse("file:b")));
    }

    [Fact]
    public async Task Nothing_is_opened_before_the_first_call_and_a_view_shows_what_it_uses()
    {
        var uri = await _places.NewAsync("sqlite");
        var (shop, blog) = (_registry.In(_places.NewFolder()), _registry.In(_places.NewFolder()));
        var database = shop.GetDatabase(uri);
        blog.Get(uri);
        blog.Get(ConnectionUri.Parse("redis://127.0.0.1:1"));

        Assert.False(File.Exists(uri.Path));
        Assert.False(database.State.IsUsed);
        Assert.Empty(shop.Used);
        await database.CheckAsync(Stop);
        Assert.True(File.Exists(uri.Path));
        Assert.Equal([database], shop.Used);
    }

    [Theory]
    [InlineData("memory:", "RH4001")]
    [InlineData("cookie:", "RH4001")]
    [InlineData("file:cache", "RH4008")]
    [InlineData("redis://h", "RH4005")]
    public void A_URI_that_names_no_database_says_so(string uri, string code)
    {
        var error = Assert.Throws<RowhouseException>(() => _registry.GetDatabase(ConnectionUri.Parse(uri)));

        Assert.Equal(code, error.Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_check_tells_latency_version_and_clock(string kind)
    {
        var backend = _registry.Get(await _places.NewAsync(kind));

        var check = await backend.CheckAsync(Stop);

        Assert.True(check.Latency > TimeSpan.Zero);
        Assert.True(backend.State is { IsUsed: true, Circuit: BackendCircuit.Closed, LastError: null, Latency: not null });
        Assert.Equal(kind == "file", check.Version is null);
        Assert.Equal(kind is "file" or "sqlite", check.ClockAhead is null);
        Assert.InRange((check.ClockAhead ?? TimeSpan.Zero).Duration(), TimeSpan.Zero, check.Latency + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("app:app", backend.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_database_that_says_no_is_not_down(string kind)
    {
        var database = _registry.GetDatabase(await _places.NewAsync(kind));
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(database, "select nonsense from nowhere"));
        }

        Assert.Equal(BackendCircuit.Closed, database.State.Circuit);
        Assert.Equal(1, await ExecuteAsync(database, "select 1"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_write_at_once(string kind)
    {
        var database = _registry.GetDatabase(await _places.NewAsync(kind));
        await ExecuteAsync(database, "create table counter (n integer not null)");
        await ExecuteAsync(database, "insert into counter (n) values (0)");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ExecuteAsync(database, "update counter set n = n + 1")));

        Assert.Equal(50, await ExecuteAsync(database, "select n from counter"));
    }

    [Fact]
    public async Task A_call_that_its_caller_gives_up_is_no_failure_of_the_backend()
    {
        var files = _registry.GetFiles(await _places.NewAsync("file"));
        using var caller = new CancellationTokenSource();

        var call = files.CallAsync(token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(BackendCircuit.Closed, files.State.Circuit);
        Assert.Null(files.State.LastError);
    }

    [Fact]
    public async Task What_a_call_brings_in_the_moment_that_its_caller_gives_up_is_closed()
    {
        var files = _registry.GetFiles(await _places.NewAsync("file"));
        var (answer, late, queue) = (new TaskCompletionSource<LateResult>(), new LateResult(), new QueuedContext());
        using var caller = new CancellationTokenSource();
        var call = queue.Start(() => files.CallAsync(_ => answer.Task, cancellationToken: caller.Token));

        await caller.CancelAsync();
        await Eventually.HoldsAsync(() => queue.Count == 1, "the caller has given up, and the call does not know it yet");
        answer.SetResult(late);
        await Eventually.HoldsAsync(() => queue.Count == 2, "the answer is there");
        queue.RunLastFirst();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.HoldsAsync(() => Task.FromResult(late.IsDisposed), "it is closed", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_password_is_in_no_error()
    {
        var database = _registry.GetDatabase(ConnectionUri.Parse("postgres://app:geheim@127.0.0.1:1/app?timeout=1s"));

        var error = await Assert.ThrowsAsync<BackendUnavailableException>(() => database.OpenAsync(Stop));

        Assert.Equal("RH4004", error.Code);
        Assert.DoesNotContain("geheim", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", database.State.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", database.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_on_unix_sockets_are_reached()
    {
        var redis = _places.Redis;
        await redis.StartedAsync();

        await _registry.Get(ConnectionUri.Parse($"redis:///0?socket={redis.Socket}")).CheckAsync(Stop);
    }

    [Fact]
    public async Task The_health_check_asks_what_the_app_has_used_and_says_what_does_not_answer()
    {
        await using var provider = new ServiceCollection().AddLogging().AddHealthChecks().AddBackends("ready").Services.AddRowhouseBackends(options => options.DataFolder = _places.NewFolder()).BuildServiceProvider();
        var registry = provider.GetRequiredService<BackendRegistry>();
        var health = provider.GetRequiredService<HealthCheckService>();
        await registry.Get(ConnectionUri.Parse("file:cache")).CheckAsync(Stop);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Stop)).Status);

        var gone = registry.Get(ConnectionUri.Parse("mysql://u:geheim@127.0.0.1:1/db?timeout=1s"));
        await Assert.ThrowsAsync<BackendUnavailableException>(() => gone.CheckAsync(Stop));
        var entry = (await health.CheckHealthAsync(Stop)).Entries["backends"];

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("mysql://127.0.0.1:1/db", entry.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", entry.Description, StringComparison.Ordinal);
        Assert.Equal(["ready"], entry.Tags);
        Assert.Equal(2, entry.Data.Count);
    }

    [Fact]
    public async Task Calls_are_measured_by_backend_and_outcome()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Rowhouse.Backends")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();
        var files = _registry.GetFiles(await _places.NewAsync("file"));

        await files.WriteAsync("a", "b"u8.ToArray(), Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => files.CallAsync(_ => Task.FromException(new InvalidOperationException()), cancellationToken: Stop));

        await Eventually.HoldsAsync(() => seen.Contains($"rowhouse.backend.call.duration {files.Name} ok") && seen.Contains($"rowhouse.backend.call.duration {files.Name} error"), "both are measured");
    }

    private static Task<int> ExecuteAsync(DatabaseBackend database, string sql) => database.UseAsync(
        async (connection, token) =>
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of these tests
            command.CommandText = sql;
#pragma warning restore CA2100
            return Convert.ToInt32(await command.ExecuteScalarAsync(token) ?? 0, System.Globalization.CultureInfo.InvariantCulture);
        },
        cancellationToken: Stop);
}
