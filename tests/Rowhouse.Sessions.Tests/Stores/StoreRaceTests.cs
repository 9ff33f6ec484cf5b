using System.Globalization;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Several nodes that write at the same moment.</summary>
public sealed class StoreRaceTests
{
    private readonly StorePlaces _places;

    public StoreRaceTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task Writes_of_different_keys_at_the_same_moment_all_survive(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        SessionStore[] nodes = [place.Store, place.Node()];
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var known = await place.Store.FindAsync(key, Stop);

        // Eight writers of 15 keys each, and each goes by what was known at first, as slow requests do.
        var commits = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var outcomes = new List<SessionOutcome>();
            for (var number = 0; number < 15; number++)
            {
                var change = Changes.Of(place.Time, (string.Create(CultureInfo.InvariantCulture, $"w{writer}-{number}"), Bytes("x")));
                outcomes.Add((await nodes[writer % 2].CommitAsync(key, change, number % 2 == 0 ? known : null, Stop)).Outcome);
            }

            return outcomes;
        })));

        Assert.All(commits.SelectMany(outcomes => outcomes), outcome => Assert.Equal(SessionOutcome.Saved, outcome));
        Assert.Equal(1 + (8 * 15), (await place.Store.FindAsync(key, Stop))!.Values.Count);
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_session_that_two_begin_at_the_same_moment_has_what_both_wrote(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        SessionStore[] nodes = [place.Store, place.Node()];
        for (var round = 0; round < 10; round++)
        {
            var key = NewKey();
            var commits = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer =>
                Task.Run(() => nodes[writer % 2].CommitAsync(key, Changes.First(place.Time, ($"w{writer}", Bytes("x"))), cancellationToken: Stop))));
            Assert.All(commits, commit => Assert.Equal(SessionOutcome.Saved, commit.Outcome));
            Assert.Equal("w0=x w1=x w2=x w3=x", Text(await place.Store.FindAsync(key, Stop)));
        }
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_counter_that_expects_what_it_read_loses_no_step(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        SessionStore[] nodes = [place.Store, place.Node()];
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("n", BitConverter.GetBytes(0))), cancellationToken: Stop);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var session = await nodes[writer % 2].FindAsync(key, Stop);
                var (old, next) = (session!.Values["n"], BitConverter.GetBytes(BitConverter.ToInt32(session.Values["n"]) + 1));
                var change = Changes.Of(place.Time, ("n", next)) with { Expected = new Dictionary<string, byte[]?> { ["n"] = old } };
                done += (await nodes[writer % 2].CommitAsync(key, change, session, Stop)).Outcome == SessionOutcome.Saved ? 1 : 0;
            }
        })));

        Assert.Equal(40, BitConverter.ToInt32((await place.Store.FindAsync(key, Stop))!.Values["n"]));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_renewed_key_leads_nobody_in_and_changes_under_way_to_the_new_one(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, second, third, other) = (NewKey(), NewKey(), NewKey(), place.Node());
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))) with { User = "ada" }, cancellationToken: Stop);
        var known = await other.FindAsync(key, Stop);

        Assert.True(await place.Store.RenewAsync(key, second, Stop));
        Assert.True(await place.Store.RenewAsync(second, third, Stop));

        Assert.Null(await other.FindAsync(key, Stop));
        Assert.Equal(SessionOutcome.Saved, (await other.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), known, Stop)).Outcome);
        await other.TouchAsync(key, place.Time.GetUtcNow(), place.Time.GetUtcNow() + Changes.Idle, Stop);
        var renewed = await other.FindAsync(third, Stop);
        Assert.Equal("a=1 b=2", Text(renewed));
        Assert.Equal(third, renewed!.Key);
        place.Time.Advance(SessionStore.SuccessorLife);
        Assert.Equal(SessionOutcome.Gone, (await other.CommitAsync(key, Changes.Of(place.Time, ("c", Bytes("3"))), cancellationToken: Stop)).Outcome);
        Assert.Equal("a=1 b=2", Text(await other.FindAsync(third, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task Who_still_has_the_old_key_renews_and_removes_the_session_itself(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, second, third, other) = (NewKey(), NewKey(), NewKey(), place.Node());
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        await place.Store.RenewAsync(key, second, Stop);

        Assert.True(await other.RenewAsync(key, third, Stop));

        Assert.Null(await place.Store.FindAsync(second, Stop));
        Assert.Equal("a=1", Text(await place.Store.FindAsync(third, Stop)));
        Assert.Equal(second, await other.FindSuccessorAsync(key, Stop));
        Assert.Equal(third, await other.FindSuccessorAsync(second, Stop));
        Assert.Null(await other.FindSuccessorAsync(third, Stop));

        Assert.True(await other.RemoveAsync(key, Stop));

        Assert.Null(await place.Store.FindAsync(third, Stop));
        Assert.False(await other.RemoveAsync(key, Stop));
        Assert.False(await other.RenewAsync(key, NewKey(), Stop));
        Assert.Equal(SessionOutcome.Gone, (await place.Store.CommitAsync(second, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop)).Outcome);
        Assert.Empty(await other.ListAsync(Stop).ToListAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task A_change_that_met_other_values_under_a_new_key_tells_which_key_that_is(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var (key, next) = (NewKey(), NewKey());
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("n", Bytes("1"))), cancellationToken: Stop);
        await place.Store.RenewAsync(key, next, Stop);
        var change = Changes.Of(place.Time, ("n", Bytes("3"))) with { Expected = new Dictionary<string, byte[]?> { ["n"] = Bytes("2") } };

        var commit = await place.Store.CommitAsync(key, change, cancellationToken: Stop);

        Assert.Equal((SessionOutcome.Unexpected, true, next), (commit.Outcome, commit.IsMoved, commit.Successor!.Value));
        Assert.Equal("n=1", Text(await place.Store.FindAsync(next, Stop)));
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task No_write_is_lost_while_the_key_is_renewed(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var other = place.Node();
        for (var round = 0; round < 5; round++)
        {
            var (key, next) = (NewKey(), NewKey());
            await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
            var known = await other.FindAsync(key, Stop);
            var writes = Enumerable.Range(0, 4).Select(writer => Task.Run(() => other.CommitAsync(key, Changes.Of(place.Time, ($"w{writer}", Bytes("x"))), known, Stop)));
            var all = writes.ToList();
            Assert.True(await place.Store.RenewAsync(key, next, Stop));
            Assert.All(await Task.WhenAll(all), commit => Assert.Equal(SessionOutcome.Saved, commit.Outcome));
            Assert.Equal("a=1 w0=x w1=x w2=x w3=x", Text(await other.FindAsync(next, Stop)));
        }
    }
}
