using System.Globalization;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Stores.Redis;

/// <summary>What is true of Redis alone; what holds for every store is in the suite of all.</summary>
public sealed class RedisSessionStoreTests : IAsyncLifetime
{
    private readonly BackendRegistry _registry = new();
    private readonly RedisServer _redis;
    private readonly string _app = $"app{Guid.NewGuid():N}";

    public RedisSessionStoreTests(StorePlaces places)
    {
        _redis = places.Redis;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _redis.StartedAsync();

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public async Task A_session_is_a_hash_with_a_field_for_each_value_behind_the_prefix_of_the_uri()
    {
        var key = TestChange.NewKey();
        var store = Open("?prefix=row:");
        await store.CommitAsync(key, TestChange.New(("cart", "3"), ("m", "not the time")) with { User = "ann" }, null, Cancellation);

        var name = $"row:rowhouse:session:{_app}:{{{key}}}";
        Assert.Equal("+hash", await _redis.SendAsync($"TYPE {name}"));
        Assert.Equal(3, await LengthAsync($"HSTRLEN {name} u"));
        Assert.Equal(1, await LengthAsync($"HSTRLEN {name} =cart"));
        Assert.Equal("cart=3 m=not the time", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task Redis_itself_removes_a_session_when_it_ends_and_not_before()
    {
        var store = Open();
        var (lasting, ending) = (TestChange.NewKey(), TestChange.NewKey());
        await store.CommitAsync(lasting, TestChange.New(("a", "1")), null, Cancellation);
        await store.CommitAsync(ending, TestChange.New(("a", "1")) with { Expires = TestChange.Now + TimeSpan.FromSeconds(1) }, null, Cancellation);

        Assert.InRange(await LengthAsync($"PTTL {NameOf(lasting)}"), (Changes.Idle - TimeSpan.FromMinutes(1)).TotalMilliseconds, Changes.Idle.TotalMilliseconds);
        await Eventually.HoldsAsync(async () => await LengthAsync($"EXISTS {NameOf(ending)}") == 0, "the session is gone");

        var later = TestChange.Now + TimeSpan.FromHours(5);
        await store.TouchAsync(lasting, TestChange.Now, later, Cancellation);
        Assert.InRange(await LengthAsync($"PTTL {NameOf(lasting)}"), TimeSpan.FromHours(4).TotalMilliseconds, TimeSpan.FromHours(5).TotalMilliseconds);
        Assert.Equal(later, (await store.FindAsync(lasting, Cancellation))!.Expires);
    }

    [Fact]
    public async Task Changes_go_on_after_SCRIPT_FLUSH()
    {
        var store = Open();
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal("+OK", await _redis.SendAsync("SCRIPT FLUSH"));
            Assert.Equal(SessionOutcome.Saved, (await store.CommitAsync(key, TestChange.Of(($"b{round}", "2")), null, Cancellation)).Outcome);
        }

        Assert.Equal("a=1 b0=2 b1=2 b2=2", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task A_restart_is_an_outage_and_then_changes_go_on_with_the_same_store()
    {
        await using var server = new RedisServer();
        await server.StartedAsync();
        var store = SessionStore.Open(Uri(server, "?command-timeout=2s&timeout=2s"), _app, _registry);
        await store.CommitAsync(TestChange.NewKey(), TestChange.New(("a", "1")), null, Cancellation);

        await server.KillAsync();
        await Assert.ThrowsAsync<BackendUnavailableException>(() => store.CommitAsync(TestChange.NewKey(), TestChange.New(("a", "1")), null, Cancellation));
        await server.RestartAsync();

        var key = TestChange.NewKey();
        await Eventually.HoldsAsync(() => AnswersAsync(() => store.CommitAsync(key, TestChange.New(("b", "2")), null, Cancellation)), "the store answers again");
        Assert.Equal("b=2", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task A_server_that_was_made_a_replica_is_an_outage_until_it_is_a_master_again()
    {
        await using var server = new RedisServer();
        await server.StartedAsync();
        var store = SessionStore.Open(Uri(server, "?command-timeout=2s&timeout=2s"), _app, _registry);
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);

        Assert.Equal("+OK", await server.SendAsync($"REPLICAOF 127.0.0.1 {_redis.Port}"));
        await Eventually.HoldsAsync(async () => (await server.SendAsync("SET x 1")).StartsWith("-READONLY", StringComparison.Ordinal), "the server refuses writes");
        await Assert.ThrowsAsync<BackendUnavailableException>(() => store.CommitAsync(key, TestChange.New(("b", "2")), null, Cancellation));

        Assert.Equal("+OK", await server.SendAsync("REPLICAOF NO ONE"));
        await Eventually.HoldsAsync(() => AnswersAsync(() => store.CommitAsync(key, TestChange.New(("b", "2")), null, Cancellation)), "the store answers again");
    }

    [Fact]
    public async Task Trash_that_is_not_expired_goes_in_steps_of_the_limit_and_others_stay()
    {
        var store = Open();
        var other = SessionStore.Open(Uri(_redis), _app + "2", _registry);
        var old = TestChange.Of(("a", "1")) with { IsNew = true, Modified = TestChange.Now - TimeSpan.FromHours(2), Expires = TestChange.Now + TimeSpan.FromHours(2) };
        for (var i = 0; i < 25; i++)
        {
            await store.CommitAsync(TestChange.NewKey(), old, null, Cancellation);
        }

        var (fresh, remembered, foreign) = (TestChange.NewKey(), TestChange.NewKey(), TestChange.NewKey());
        await store.CommitAsync(fresh, TestChange.New(("a", "1")), null, Cancellation);
        await store.CommitAsync(remembered, old with { HasOwnTimeout = true }, null, Cancellation);
        await other.CommitAsync(foreign, old, null, Cancellation);

        var trash = new SessionTrash { Now = TestChange.Now, Expiration = TimeSpan.FromHours(1) };
        Assert.Equal([10, 10, 5], await TrashAsync(store, trash, 10));
        Assert.Equal([0], await TrashAsync(store, trash, 10));
        Assert.NotNull(await store.FindAsync(fresh, Cancellation));
        Assert.NotNull(await store.FindAsync(remembered, Cancellation));
        Assert.NotNull(await other.FindAsync(foreign, Cancellation));
        Assert.Equal([1], await TrashAsync(store, trash with { IsForced = true }, 10));
        Assert.Null(await store.FindAsync(remembered, Cancellation));
    }

    [Fact]
    public async Task An_app_with_a_name_that_looks_like_a_pattern_sees_only_its_own_sessions()
    {
        var (all, one) = (SessionStore.Open(Uri(_redis), _app + "*", _registry), SessionStore.Open(Uri(_redis), _app + "1", _registry));
        var (mine, foreign) = (TestChange.NewKey(), TestChange.NewKey());
        await all.CommitAsync(mine, TestChange.New(("a", "1")), null, Cancellation);
        await one.CommitAsync(foreign, TestChange.New(("a", "1")), null, Cancellation);

        Assert.Equal([mine], await all.ListAsync(Cancellation).Select(session => session.Key).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task More_sessions_than_a_page_are_listed_each_once_and_renewed_keys_are_not()
    {
        const int Count = 2500;
        var store = Open();
        var keys = Enumerable.Range(0, Count).Select(_ => TestChange.NewKey()).ToHashSet();
        await Task.WhenAll(keys.Select(key => store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation)));
        var (old, renewed) = (keys.First(), TestChange.NewKey());
        Assert.True(await store.RenewAsync(old, renewed, Cancellation));

        var listed = await store.ListAsync(Cancellation).Select(session => session.Key).ToListAsync(Cancellation);

        Assert.Equal(Count, listed.Count);
        Assert.True(keys.Except([old]).Append(renewed).ToHashSet().SetEquals(listed));
    }

    private static ConnectionUri Uri(RedisServer server, string options = "") => ConnectionUri.Parse($"redis://127.0.0.1:{server.Port}/0{options}");

    private static async Task<bool> AnswersAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }

    private static async Task<List<int>> TrashAsync(SessionStore store, SessionTrash trash, int limit)
    {
        var removed = new List<int>();
        string? position = null;
        do
        {
            var step = await store.TrashAsync(trash, limit, position, Cancellation);
            removed.Add(step.Removed);
            position = step.Position;
        }
        while (position is not null);

        return removed;
    }

    private SessionStore Open(string options = "") => SessionStore.Open(Uri(_redis, options), _app, _registry);

    private string NameOf(SessionKey key) => $"rowhouse:session:{_app}:{{{key}}}";

    private async Task<long> LengthAsync(string command) => long.Parse((await _redis.SendAsync(command)).TrimStart(':'), CultureInfo.InvariantCulture);
}
