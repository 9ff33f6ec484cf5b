using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What is no value: a request that did not see what another one has set there leaves it as it is.</summary>
public sealed class StoreMergeTests
{
    private static readonly TimeSpan Own = TimeSpan.FromDays(14) + TimeSpan.FromTicks(7);

    private readonly StorePlaces _places;

    public StoreMergeTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_change_that_brings_no_time_out_and_no_user_leaves_those_that_are_there(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        var now = place.Time.GetUtcNow();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);
        var remember = Changes.Of(place.Time, ("b", Bytes("2"))) with { HasOwnTimeout = true, IdleTimeout = Own, Expires = now + Own, User = "ada" };
        await place.Node().CommitAsync(key, remember, cancellationToken: Stop);
        place.Time.Advance(TimeSpan.FromMinutes(1));

        await place.Store.CommitAsync(key, Changes.Of(place.Time, ("c", Bytes("3"))), known, Stop);

        var found = await place.Node().FindAsync(key, Stop);
        Assert.Equal("a=1 b=2 c=3", Text(found));
        Assert.Equal((true, Own, "ada"), (found!.HasOwnTimeout, found.IdleTimeout, found.User));
        Assert.InRange(place.Time.GetUtcNow() + Own - found.Expires, TimeSpan.Zero, TimeSpan.FromMicroseconds(1));
        place.Time.Advance(TimeSpan.FromDays(13));
        Assert.NotNull(await place.Store.FindAsync(key, Stop));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_time_out_that_is_kept_does_not_lead_beyond_the_end_of_the_session(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, end) = (NewKey(), place.Time.GetUtcNow() + TimeSpan.FromDays(2));
        var first = Changes.First(place.Time, ("a", Bytes("1"))) with { HasOwnTimeout = true, IdleTimeout = Own, Expires = end, End = end };
        await place.Store.CommitAsync(key, first, cancellationToken: Stop);

        await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop);

        Assert.Equal(end, (await place.Node().FindAsync(key, Stop))!.Expires);
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_touch_by_who_knew_less_takes_nothing_from_the_life_of_a_session(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, now) = (NewKey(), place.Time.GetUtcNow());
        var first = Changes.First(place.Time, ("a", Bytes("1"))) with { HasOwnTimeout = true, IdleTimeout = Own, Expires = now + Own };
        await place.Store.CommitAsync(key, first, cancellationToken: Stop);
        var stored = (await place.Store.FindAsync(key, Stop))!;

        await place.Node().TouchAsync(key, now - TimeSpan.FromMinutes(1), now + Changes.Idle, Stop);

        var found = (await place.Store.FindAsync(key, Stop))!;
        Assert.Equal((now, stored.Expires), (found.Modified, found.Expires));
        place.Time.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(await place.Store.FindAsync(key, Stop));
    }
}
