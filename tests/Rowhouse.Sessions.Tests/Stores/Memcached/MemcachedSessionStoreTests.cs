using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Stores.Memcached;

/// <summary>What is true of memcached alone; what holds for every store is in the suite of all.</summary>
public sealed class MemcachedSessionStoreTests : IAsyncLifetime
{
    private const string Patient = "?timeout=30s&command-timeout=30s";

    private readonly BackendRegistry _registry = new();
    private readonly MemcachedServer _first = new("-I", "64k", "-o", "slab_chunk_max=32768");
    private readonly MemcachedServer _second = new("-I", "64k", "-o", "slab_chunk_max=32768");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _first.StartedAsync();
        await _second.StartedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.CloseAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Sessions_are_spread_over_the_servers_and_all_are_listed()
    {
        const int Count = 120;
        var store = Open("shop");
        var other = Open("shop2");
        var keys = Enumerable.Range(0, Count).Select(_ => TestChange.NewKey()).ToHashSet();
        await Task.WhenAll(keys.Select(key => store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation)));
        await other.CommitAsync(TestChange.NewKey(), TestChange.New(("a", "1")), null, Cancellation);

        var listed = await store.ListAsync(Cancellation).ToListAsync(Cancellation);

        Assert.True(keys.SetEquals(listed.Select(session => session.Key)));
        Assert.Equal(Count, listed.Count);
        Assert.All(listed, session => Assert.Equal("a=1", TestChange.Text(session)));
        Assert.All([await CountAsync(_first), await CountAsync(_second)], count => Assert.InRange(count, Count / 5, Count));
    }

    [Fact]
    public async Task A_server_that_is_down_takes_its_own_sessions_away_and_no_others()
    {
        var store = Open("shop", "?timeout=2s&command-timeout=2s");
        var keys = Enumerable.Range(0, 40).Select(_ => TestChange.NewKey()).ToList();
        await Task.WhenAll(keys.Select(key => store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation)));

        await _second.KillAsync();
        var found = await Task.WhenAll(keys.Select(key => FindAsync(store, key)));

        Assert.Contains(true, found);
        Assert.Contains(false, found);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_the_setting_named_and_the_session_stays_as_it_was()
    {
        var store = Open("shop");
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);

        var error = await Assert.ThrowsAsync<RowhouseException>(() => store.CommitAsync(key, TestChange.Of(("big", new string('x', 100_000))), null, Cancellation));

        Assert.Equal("RH5040", error.Code);
        Assert.Contains("memcached -I", error.Message, StringComparison.Ordinal);
        Assert.Equal("a=1", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task Near_the_limit_a_session_is_stored_or_refused_and_never_lost()
    {
        var store = Open("shop");
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);
        var outcomes = new HashSet<bool>();

        for (var size = 65_536 - 600; size < 65_536 + 10; size += 7)
        {
            var isStored = await TryCommitAsync(store, key, new string('x', size));
            outcomes.Add(isStored);
            Assert.NotNull(await store.FindAsync(key, Cancellation));
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public async Task Many_who_write_the_same_session_lose_nothing()
    {
        const int Writers = 24;
        const int Writes = 10;
        var key = TestChange.NewKey();
        var stores = new[] { Open("shop"), Open("shop", Patient + "&pool=1") };
        await stores[0].CommitAsync(key, TestChange.New(("start", "1")), null, Cancellation);

        var commits = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var conflicts = 0;
            for (var i = 0; i < Writes; i++)
            {
                var commit = await stores[writer % 2].CommitAsync(key, TestChange.Of(($"w{writer}-{i}", "x")), null, Cancellation);
                Assert.Equal(SessionOutcome.Saved, commit.Outcome);
                conflicts += commit.Conflicts;
            }

            return conflicts;
        })));

        var session = await stores[0].FindAsync(key, Cancellation);
        Assert.Equal((Writers * Writes) + 1, session!.Values.Count);
        Assert.True(commits.Sum() > 0, "there was no conflict, so this shows nothing");
    }

    [Fact]
    public async Task A_session_that_was_known_before_others_changed_it_is_read_again()
    {
        var store = Open("shop");
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);
        var known = await store.FindAsync(key, Cancellation);
        await store.CommitAsync(key, TestChange.Of(("a", "2"), ("b", "2")), null, Cancellation);

        var merged = await store.CommitAsync(key, TestChange.Of(("c", "3")), known, Cancellation);
        var expected = await store.CommitAsync(key, TestChange.Of(("d", "4")) with { Expected = new Dictionary<string, byte[]?> { ["a"] = "2"u8.ToArray() } }, known, Cancellation);

        Assert.Equal((SessionOutcome.Saved, SessionOutcome.Saved), (merged.Outcome, expected.Outcome));
        Assert.Equal("a=2 b=2 c=3 d=4", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task Without_the_crawler_sessions_are_kept_and_cannot_be_listed()
    {
        var store = Open("shop");
        var key = TestChange.NewKey();
        await store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation);
        Assert.Equal("OK", await _second.SendAsync("lru_crawler disable"));

        var error = await Assert.ThrowsAnyAsync<RowhouseException>(async () => await store.ListAsync(Cancellation).ToListAsync(Cancellation));

        Assert.Equal("RH4310", error.Code);
        Assert.Contains("lru_crawler enable", error.Message, StringComparison.Ordinal);
        Assert.Equal("a=1", TestChange.Text(await store.FindAsync(key, Cancellation)));
    }

    [Fact]
    public async Task Several_who_list_at_once_wait_for_one_another_and_miss_none_that_is_read_meanwhile()
    {
        const int Count = 200;
        var store = Open("shop");
        var keys = Enumerable.Range(0, Count).Select(_ => TestChange.NewKey()).ToList();
        await Task.WhenAll(keys.Select(key => store.CommitAsync(key, TestChange.New(("a", "1")), null, Cancellation)));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var reading = Task.Run(
            async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    await Task.WhenAll(keys.Select(key => store.FindAsync(key, Cancellation)));
                }
            },
            Cancellation);
        var counts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => store.ListAsync(Cancellation).CountAsync(Cancellation).AsTask()));
        await end.CancelAsync();
        await reading;

        Assert.All(counts, count => Assert.Equal(Count, count));
    }

    [Fact]
    public async Task Trash_that_is_not_expired_goes_in_steps_of_the_limit()
    {
        var store = Open("shop");
        var old = TestChange.Of(("a", "1")) with { IsNew = true, Modified = TestChange.Now - TimeSpan.FromHours(2), Expires = TestChange.Now + TimeSpan.FromHours(2) };
        for (var i = 0; i < 15; i++)
        {
            await store.CommitAsync(TestChange.NewKey(), old, null, Cancellation);
        }

        var fresh = TestChange.NewKey();
        await store.CommitAsync(fresh, TestChange.New(("a", "1")), null, Cancellation);
        var trash = new SessionTrash { Now = TestChange.Now, Expiration = TimeSpan.FromHours(1) };

        var first = await store.TrashAsync(trash, 10, null, Cancellation);
        var second = await store.TrashAsync(trash, 10, first.Position, Cancellation);

        Assert.Equal((10, 5), (first.Removed, second.Removed));
        Assert.NotNull(first.Position);
        Assert.Null(second.Position);
        Assert.Equal([fresh], await store.ListAsync(Cancellation).Select(session => session.Key).ToListAsync(Cancellation));
    }

    private static async Task<bool> FindAsync(SessionStore store, SessionKey key)
    {
        try
        {
            return await store.FindAsync(key, Cancellation) is not null;
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }

    private static async Task<bool> TryCommitAsync(SessionStore store, SessionKey key, string value)
    {
        try
        {
            return (await store.CommitAsync(key, TestChange.Of(("a", value)), null, Cancellation)).Outcome == SessionOutcome.Saved;
        }
        catch (RowhouseException e) when (e.Code == "RH5040")
        {
            return false;
        }
    }

    private static async Task<int> CountAsync(MemcachedServer server)
    {
        await using var client = new Backends.Memcached.MemcachedClient([new Backends.Memcached.MemcachedEndPoint("127.0.0.1", server.Port)]);
        var statistics = await client.GetStatisticsAsync(client.Servers[0], Cancellation);
        return int.Parse(statistics["curr_items"], System.Globalization.CultureInfo.InvariantCulture);
    }

    private SessionStore Open(string app, string options = Patient) =>
        SessionStore.Open(ConnectionUri.Parse($"memcached://127.0.0.1:{_first.Port},127.0.0.1:{_second.Port}{options}"), app, _registry);
}
