using System.Globalization;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What sessions may hold.</summary>
public sealed class StoreValueTests
{
    private readonly StorePlaces _places;

    public StoreValueTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_of_900_kilobytes_is_kept_whole(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        var value = new byte[900 * 1024];
        new Random(1).NextBytes(value);

        await place.Store.CommitAsync(key, Changes.First(place.Time, ("big", value), ("small", [0, 255])), cancellationToken: Stop);
        await place.Node().CommitAsync(key, Changes.Of(place.Time, ("next", Bytes("1"))), cancellationToken: Stop);

        var found = await place.Store.FindAsync(key, Stop);
        Assert.Equal(["big", "next", "small"], found!.Values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(value, found.Values["big"]);
        Assert.Equal([0, 255], found.Values["small"]);
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task Names_of_any_kind_are_told_apart(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        string[] names =
        [
            "a", "A", " a", "a ", "", " ", "\u0001\t\r\n\u007f", "é", "e\u0301", "日本語", "👩‍👩‍👧", "'; drop table x; --", "%s\\\"`", "{0}", "*", ":", "/../..", new string('x', 20_000), "b.é",
        ];

        await place.Store.CommitAsync(key, Changes.First(place.Time, names.Select(name => (name, (byte[]?)Bytes($"value of {name}")))), cancellationToken: Stop);
        await place.Node().CommitAsync(key, Changes.Of(place.Time, ("A", null)), cancellationToken: Stop);

        var found = await place.Store.FindAsync(key, Stop);
        Assert.Equal(names.Where(name => name != "A").Order(StringComparer.Ordinal), found!.Values.Keys.Order(StringComparer.Ordinal));
        Assert.All(found.Values, value => Assert.Equal(Bytes($"value of {value.Key}"), value.Value));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_may_have_thousands_of_keys(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        var values = Enumerable.Range(0, 5000).Select(number => (number.ToString(CultureInfo.InvariantCulture), (byte[]?)BitConverter.GetBytes(number)));

        await place.Store.CommitAsync(key, Changes.First(place.Time, values), cancellationToken: Stop);
        await place.Node().CommitAsync(key, Changes.Of(place.Time, ("17", null)), cancellationToken: Stop);

        var found = await place.Store.FindAsync(key, Stop);
        Assert.Equal(4999, found!.Values.Count);
        Assert.All(found.Values, value => Assert.Equal(int.Parse(value.Key, CultureInfo.InvariantCulture), BitConverter.ToInt32(value.Value)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task Users_of_any_name_are_kept(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        foreach (var user in (string[])["", "Ada \"the\" first\0second", new string('日', 1000), "👩‍👩‍👧\u0001"])
        {
            var key = NewKey();
            await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", [])) with { User = user, ClientAddress = user }, cancellationToken: Stop);
            var found = await place.Node().FindAsync(key, Stop);
            Assert.Equal((user, user), (found!.User, found.ClientAddress));
        }
    }
}
