using System.Text;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What a store promises, on every kind of backend.</summary>
public sealed class StoreContractTests
{
    private readonly StorePlaces _places;

    public StoreContractTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_is_found_by_every_node_as_it_was_stored(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var first = Changes.First(place.Time, ("cart", Bytes("a")), ("none", [])) with
        {
            User = "ada@example.com",
            ClientAddress = "2001:db8::1",
            End = place.Time.GetUtcNow() + TimeSpan.FromHours(8),
            HasOwnTimeout = true,
        };
        var key = NewKey();

        var commit = await place.Store.CommitAsync(key, first, cancellationToken: Stop);

        Assert.Equal(SessionOutcome.Saved, commit.Outcome);
        foreach (var node in (SessionStore[])[place.Store, place.Node()])
        {
            var found = await node.FindAsync(key, Stop);
            Assert.NotNull(found);
            Assert.Equal(key, found.Key);
            Assert.Equal(first.Modified, found.Created);
            Assert.Equal(first.Modified, found.Modified);
            Assert.Equal(first.Expires, found.Expires);
            Assert.Equal(first.End, found.End);
            Assert.Equal(first.IdleTimeout, found.IdleTimeout);
            Assert.True(found.HasOwnTimeout);
            Assert.Equal(first.User, found.User);
            Assert.Equal(first.ClientAddress, found.ClientAddress);
            Assert.Equal("cart=a none=", Text(found));
        }
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_change_leaves_what_others_wrote_and_what_a_session_began_with(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, other) = (NewKey(), place.Node());
        var first = Changes.First(place.Time, ("a", Bytes("1")), ("b", Bytes("1"))) with { ClientAddress = "192.0.2.1", End = place.Time.GetUtcNow() + TimeSpan.FromDays(1) };
        await place.Store.CommitAsync(key, first, cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);
        place.Time.Advance(TimeSpan.FromMinutes(1));
        await other.CommitAsync(key, Changes.Of(place.Time, ("b", null), ("c", Bytes("2"))), cancellationToken: Stop);
        place.Time.Advance(TimeSpan.FromMinutes(1));
        var last = Changes.Of(place.Time, ("a", Bytes("3"))) with { User = "bob", ClientAddress = "198.51.100.7", HasOwnTimeout = true, IdleTimeout = TimeSpan.FromHours(1) };

        // What is known is old by now; that must not bring back what was removed.
        var commit = await place.Store.CommitAsync(key, last, known, Stop);

        var found = await other.FindAsync(key, Stop);
        Assert.Equal(SessionOutcome.Saved, commit.Outcome);
        Assert.NotNull(found);
        Assert.Equal("a=3 c=2", Text(found));
        Assert.Equal((first.Modified, last.Modified, last.Expires), (found.Created, found.Modified, found.Expires));
        Assert.Equal((first.ClientAddress, first.End), (found.ClientAddress, found.End));
        Assert.Equal(("bob", true, TimeSpan.FromHours(1)), (found.User, found.HasOwnTimeout, found.IdleTimeout));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_that_is_cleared_holds_only_what_was_written_after_that(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1")), ("b", Bytes("1"))), cancellationToken: Stop);

        await place.Store.CommitAsync(key, Changes.Of(place.Time, ("c", Bytes("2"))) with { IsCleared = true }, cancellationToken: Stop);

        Assert.Equal("c=2", Text(await place.Node().FindAsync(key, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_change_that_expects_other_values_stores_nothing(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("cart", Bytes("1"))), cancellationToken: Stop);
        var old = await place.Store.FindAsync(key, Stop);
        await place.Node().CommitAsync(key, Changes.Of(place.Time, ("cart", Bytes("2"))), cancellationToken: Stop);

        async Task<SessionOutcome> CommitAsync(string name, string? expected, string value) => (await place.Store.CommitAsync(
            key,
            Changes.Of(place.Time, (name, Bytes(value)), ("also", Bytes(value))) with { Expected = new Dictionary<string, byte[]?> { [name] = expected is null ? null : Bytes(expected) } },
            old,
            Stop)).Outcome;

        Assert.Equal(SessionOutcome.Unexpected, await CommitAsync("cart", "1", "3"));
        Assert.Equal(SessionOutcome.Unexpected, await CommitAsync("cart", null, "3"));
        Assert.Equal(SessionOutcome.Unexpected, await CommitAsync("other", "", "3"));
        Assert.Equal("cart=2", Text(await place.Store.FindAsync(key, Stop)));
        Assert.Equal(SessionOutcome.Saved, await CommitAsync("cart", "2", "4"));
        Assert.Equal(SessionOutcome.Saved, await CommitAsync("other", null, "5"));
        Assert.Equal("also=5 cart=4 other=5", Text(await place.Store.FindAsync(key, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_that_was_removed_does_not_come_back_by_a_change_under_way(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);

        Assert.True(await place.Node().RemoveAsync(key, Stop));

        Assert.Equal(SessionOutcome.Gone, (await place.Store.CommitAsync(key, Changes.Of(place.Time, ("a", Bytes("2"))), known, Stop)).Outcome);
        Assert.Null(await place.Store.FindAsync(key, Stop));
        Assert.False(await place.Store.RemoveAsync(key, Stop));
        await place.Store.TouchAsync(key, place.Time.GetUtcNow(), place.Time.GetUtcNow() + Changes.Idle, Stop);
        Assert.Null(await place.Store.FindAsync(key, Stop));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task An_expired_session_is_neither_served_nor_changed_nor_brought_back(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);

        place.Time.Advance(Changes.Idle);

        Assert.Null(await place.Store.FindAsync(key, Stop));
        await place.Store.TouchAsync(key, place.Time.GetUtcNow(), place.Time.GetUtcNow() + Changes.Idle, Stop);
        Assert.Equal(SessionOutcome.Gone, (await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), known, Stop)).Outcome);
        Assert.Equal(SessionOutcome.Gone, (await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop)).Outcome);
        Assert.False(await place.Store.RenewAsync(key, NewKey(), Stop));
        Assert.Empty(await place.Store.ListAsync(Stop).ToListAsync(Stop));
        Assert.Null(await place.Node().FindAsync(key, Stop));
        Assert.Equal(SessionOutcome.Saved, (await place.Store.CommitAsync(key, Changes.First(place.Time, ("c", Bytes("3"))), cancellationToken: Stop)).Outcome);
        var fresh = await place.Node().FindAsync(key, Stop);
        Assert.Equal("c=3", Text(fresh));
        Assert.Equal(place.Time.GetUtcNow(), fresh!.Created);
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_touch_prolongs_a_session_and_a_change_by_who_knew_it_before_still_arrives(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))) with { User = "ada" }, cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);
        place.Time.Advance(Changes.Idle - TimeSpan.FromMinutes(1));
        var (modified, expires) = (place.Time.GetUtcNow(), place.Time.GetUtcNow() + Changes.Idle);

        await place.Node().TouchAsync(key, modified, expires, Stop);

        place.Time.Advance(TimeSpan.FromMinutes(5));
        var found = await place.Store.FindAsync(key, Stop);
        Assert.Equal((modified, expires, "ada"), (found!.Modified, found.Expires, found.User));
        Assert.Equal(SessionOutcome.Saved, (await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), known, Stop)).Outcome);
        Assert.Equal("a=1 b=2", Text(await place.Node().FindAsync(key, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task All_sessions_are_listed_and_those_of_other_apps_are_not(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        await using var neighbour = new StorePlace(place.Uri.ToSecretString(), $"{place.App}-two");
        var keys = Enumerable.Range(0, 120).Select(_ => NewKey()).ToHashSet();
        await Task.WhenAll(keys.Select(key => place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop)));
        await neighbour.Store.CommitAsync(NewKey(), Changes.First(place.Time, ("b", Bytes("2"))), cancellationToken: Stop);
        await place.Store.RenewAsync(keys.First(), NewKey(), Stop);

        var listed = await place.Node().ListAsync(Stop).ToListAsync(Stop);

        Assert.Equal(keys.Count, listed.Select(session => session.Key).Distinct().Count());
        Assert.Equal(keys.Skip(1).Order(ByText), listed.Select(session => session.Key).Intersect(keys).Order(ByText));
        Assert.All(listed, session => Assert.Equal("a=1", Text(session)));
        Assert.Single(await neighbour.Store.ListAsync(Stop).ToListAsync(Stop));
    }

    internal static readonly Comparer<SessionKey> ByText = Comparer<SessionKey>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    internal static SessionKey NewKey() => SessionKey.Of(Guid.NewGuid().ToString("N"));

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    internal static string Text(StoredSession? session) => session is null
        ? "(none)"
        : string.Join(' ', session.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={Encoding.UTF8.GetString(value.Value)}"));
}
