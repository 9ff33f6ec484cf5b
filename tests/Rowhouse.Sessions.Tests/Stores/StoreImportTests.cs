using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Taking sessions over from another store.</summary>
public sealed class StoreImportTests
{
    private readonly StorePlaces _places;

    public StoreImportTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_that_moves_to_another_store_is_the_same_there(string kind)
    {
        await using var from = await _places.NewAsync("memory");
        await using var to = await _places.NewAsync(kind);
        var key = NewKey();
        var first = Changes.First(from.Time, ("a", Bytes("1")), ("b", [])) with { User = "ada", ClientAddress = "192.0.2.1", End = from.Time.GetUtcNow() + TimeSpan.FromDays(1), HasOwnTimeout = true };
        await from.Store.CommitAsync(key, first, cancellationToken: Stop);
        var session = await from.Store.FindAsync(key, Stop);

        Assert.True(await to.Store.ImportAsync(session!, Stop));

        var found = await to.Node().FindAsync(key, Stop);
        Assert.Equal(Text(session), Text(found));
        Assert.Equal(session! with { Values = found!.Values, Version = null }, found with { Version = null });
        Assert.Equal(SessionOutcome.Saved, (await to.Store.CommitAsync(key, Changes.Of(to.Time, ("a", Bytes("2"))), found, Stop)).Outcome);
        Assert.Equal("a=2 b=", Text(await to.Store.FindAsync(key, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task Of_two_sessions_the_one_with_the_later_sign_of_life_stays(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, renewed) = (NewKey(), NewKey());
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("here"))), cancellationToken: Stop);
        var here = (await place.Store.FindAsync(key, Stop))!;

        StoredSession Other(TimeSpan later, string value) =>
            here with { Modified = here.Modified + later, Expires = here.Expires + later, Values = new Dictionary<string, byte[]> { ["a"] = Bytes(value) }, Version = null };

        Assert.False(await place.Store.ImportAsync(Other(TimeSpan.FromSeconds(-1), "older"), Stop));
        Assert.False(await place.Store.ImportAsync(Other(TimeSpan.Zero, "same"), Stop));
        Assert.Equal("a=here", Text(await place.Store.FindAsync(key, Stop)));
        Assert.True(await place.Store.ImportAsync(Other(TimeSpan.FromSeconds(1), "newer"), Stop));
        Assert.Equal("a=newer", Text(await place.Store.FindAsync(key, Stop)));
        Assert.False(await place.Store.ImportAsync(Other(TimeSpan.FromDays(-1), "expired") with { Key = NewKey() }, Stop));

        // Less than a microsecond, which databases do not keep.
        var odd = here with { Key = NewKey(), Modified = here.Modified + TimeSpan.FromTicks(17), Version = null };
        Assert.True(await place.Store.ImportAsync(odd, Stop));
        Assert.False(await place.Store.ImportAsync(odd, Stop));

        // A key that was renewed must not lead in again.
        await place.Store.RenewAsync(key, renewed, Stop);
        Assert.False(await place.Store.ImportAsync(Other(TimeSpan.FromSeconds(2), "old key"), Stop));
        Assert.Null(await place.Store.FindAsync(key, Stop));
        Assert.Equal("a=newer", Text(await place.Store.FindAsync(renewed, Stop)));
    }
}
