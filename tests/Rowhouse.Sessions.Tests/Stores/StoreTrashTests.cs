using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Taking out the trash.</summary>
public sealed class StoreTrashTests
{
    private readonly StorePlaces _places;

    public StoreTrashTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kept), MemberType = typeof(StorePlaces))]
    [InlineData("memory")]
    public async Task What_is_expired_goes_in_bounded_steps_and_what_lives_stays(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var before = place.Node(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(place.Time.GetUtcNow()));
        var old = await BeginAsync(place, 25);
        await place.Store.RenewAsync(old[0], NewKey(), Stop);
        place.Time.Advance(Changes.Idle);
        var live = await BeginAsync(place, 5);

        var steps = await TakeOutAsync(place, new SessionTrash { Now = place.Time.GetUtcNow() }, limit: 4);

        // The 25 sessions; the key that one of them had before is no session.
        Assert.Equal(25, steps.Sum());
        Assert.All(steps, removed => Assert.InRange(removed, 0, 4));
        Assert.Equal(live.Order(ByText), (await before.ListAsync(Stop).ToListAsync(Stop)).Select(session => session.Key).Order(ByText));
        Assert.Equal(SessionOutcome.Gone, (await before.CommitAsync(old[0], Changes.Of(place.Time, ("b", [])), cancellationToken: Stop)).Outcome);
        Assert.Equal([0], (await TakeOutAsync(place, new SessionTrash { Now = place.Time.GetUtcNow() }, limit: 4)).Distinct());
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Kinds), MemberType = typeof(StorePlaces))]
    public async Task An_age_takes_out_what_is_older_but_not_who_has_a_time_out_of_his_own_unless_forced(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var old = await BeginAsync(place, 12);
        var remembered = await BeginAsync(place, 3, hasOwnTimeout: true);
        place.Time.Advance(TimeSpan.FromMinutes(10));
        await place.Store.TouchAsync(old[0], place.Time.GetUtcNow(), place.Time.GetUtcNow() + Changes.Idle, Stop);
        var young = await BeginAsync(place, 6);
        var trash = new SessionTrash { Now = place.Time.GetUtcNow(), Expiration = TimeSpan.FromMinutes(5) };

        var steps = await TakeOutAsync(place, trash, limit: 5);

        Assert.Equal(11, steps.Sum());
        Assert.All(steps, removed => Assert.InRange(removed, 0, 5));
        Assert.Equal([.. ((SessionKey[])[old[0], .. remembered, .. young]).Order(ByText)], (await place.Node().ListAsync(Stop).ToListAsync(Stop)).Select(session => session.Key).Order(ByText));
        Assert.Equal(3, (await TakeOutAsync(place, trash with { IsForced = true }, limit: 5)).Sum());
        Assert.Equal([.. ((SessionKey[])[old[0], .. young]).Order(ByText)], (await place.Node().ListAsync(Stop).ToListAsync(Stop)).Select(session => session.Key).Order(ByText));
    }

    private static async Task<List<SessionKey>> BeginAsync(StorePlace place, int count, bool hasOwnTimeout = false)
    {
        var keys = Enumerable.Range(0, count).Select(_ => NewKey()).ToList();
        await Task.WhenAll(keys.Select(key => place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))) with { HasOwnTimeout = hasOwnTimeout }, cancellationToken: Stop)));
        return keys;
    }

    private static async Task<List<int>> TakeOutAsync(StorePlace place, SessionTrash trash, int limit)
    {
        var steps = new List<int>();
        var position = (string?)null;
        do
        {
            (var removed, position) = await place.Node().TrashAsync(trash, limit, position, Stop);
            steps.Add(removed);
            Assert.True(steps.Count < 100_000, "Taking out the trash does not end.");
        }
        while (position is not null);
        return steps;
    }
}
