using Rowhouse.Tests;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What only memory does.</summary>
public sealed class MemorySessionStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_its_limit_whole_sessions_go_and_first_those_that_were_not_used_for_the_longest_time()
    {
        await using var place = new StorePlace("memory:?max=1MB", Guid.NewGuid().ToString("N"));
        var store = (MemorySessionStore)place.Store;
        var used = NewKey();
        await store.CommitAsync(used, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var first = NewKey();
        await store.CommitAsync(first, Changes.First(place.Time, ("a", new byte[10_000])), cancellationToken: Stop);

        for (var number = 0; number < 1000; number++)
        {
            await store.CommitAsync(NewKey(), Changes.First(place.Time, ("a", new byte[10_000])), cancellationToken: Stop);
            Assert.NotNull(await store.FindAsync(used, Stop));
            await Eventually.HoldsAsync(() => store.Size <= 1 << 20, "the memory taken is below its limit");
        }

        Assert.Null(await store.FindAsync(first, Stop));
        Assert.InRange((await store.ListAsync(Stop).ToListAsync(Stop)).Count, 50, 110);
        Assert.Equal(SessionOutcome.Gone, (await store.CommitAsync(first, Changes.Of(place.Time, ("b", [])), cancellationToken: Stop)).Outcome);
    }

    [Fact]
    public async Task Sessions_belong_to_the_app_and_not_to_who_opened_them()
    {
        await using var place = new StorePlace("memory:", Guid.NewGuid().ToString("N"));
        await using var again = new StorePlace("memory:?max=32MB", place.App);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);

        Assert.Equal("a=1", Text(await again.Store.FindAsync(key, Stop)));
        await again.Store.RemoveAsync(key, Stop);
        Assert.Equal(0, ((MemorySessionStore)place.Store).Size);
    }
}
