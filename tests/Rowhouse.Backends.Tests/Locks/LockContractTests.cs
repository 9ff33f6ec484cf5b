using System.Collections.Concurrent;

namespace Rowhouse.Backends.Tests.Locks;

/// <summary>What holds for locks on every kind of backend.</summary>
public sealed class LockContractTests : IAsyncDisposable
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    private readonly Places _places;
    private readonly BackendRegistry _one = new();
    private readonly BackendRegistry _other = new();

    public LockContractTests(Places places)
    {
        _places = places;
    }

    public static TheoryData<string> Kinds => Places.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _one.CloseAsync();
        await _other.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_many_who_come_at_once_one_is_inside_and_each_next_one_has_a_larger_token(string kind)
    {
        var uri = await _places.NewAsync(kind);
        Backends.Locks[] nodes = [Backends.Locks.On(_one.Get(uri)), Backends.Locks.On(_other.Get(uri))];
        var inside = 0;
        var tokens = new ConcurrentQueue<long>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            for (var round = 0; round < 3; round++)
            {
                await using var lease = await nodes[i % 2].AcquireAsync("till", new LockOptions { Wait = LongWait }, Stop);
                Assert.Equal(1, Interlocked.Increment(ref inside));
                tokens.Enqueue(lease.FencingToken);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
        }));

        Assert.Equal(24, tokens.Count);
        Assert.Equal(tokens.Order().Distinct(), tokens);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lock_that_is_held_is_refused_at_once_and_is_free_as_soon_as_it_is_given_back(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var (here, there) = (Backends.Locks.On(_one.Get(uri)), Backends.Locks.On(_other.Get(uri)));

        var lease = await here.TryAcquireAsync("till", cancellationToken: Stop);

        Assert.NotNull(lease);
        Assert.Null(await there.TryAcquireAsync("till", cancellationToken: Stop));
        Assert.Null(await here.TryAcquireAsync("till", new LockOptions { Wait = TimeSpan.FromMilliseconds(50) }, Stop));
        var error = await Assert.ThrowsAsync<RowhouseException>(() => there.AcquireAsync("till", cancellationToken: Stop));
        Assert.Equal("RH4102", error.Code);
        await lease.DisposeAsync();
        await using var next = await there.TryAcquireAsync("till", cancellationToken: Stop);
        Assert.NotNull(next);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Names_that_differ_in_any_way_are_different_locks(string kind)
    {
        var locks = Backends.Locks.On(_one.Get(await _places.NewAsync(kind)));
        string[] names = ["till", "Till", "tíll", "till 2", "../till", "{till}", "till'; drop table rowhouse_lock --", new string('x', 200)];
        var leases = new List<LockLease>();
        foreach (var name in names)
        {
            leases.Add(await locks.AcquireAsync(name, cancellationToken: Stop));
        }

        foreach (var lease in leases)
        {
            Assert.Null(await locks.TryAcquireAsync(lease.Name, cancellationToken: Stop));
            await lease.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lease_that_is_over_goes_to_the_next_one_and_its_old_holder_can_do_nothing_to_it(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var store = LockStores.Create(_one.Get(uri));
        var first = await store.TryTakeAsync("till", "first", TimeSpan.FromMilliseconds(400), Stop);
        Assert.NotNull(first);

        await using var next = await Backends.Locks.On(_other.Get(uri)).AcquireAsync("till", new LockOptions { Wait = LongWait }, Stop);

        Assert.True(next.FencingToken > first);
        Assert.False(await store.TryRenewAsync("till", "first", first.Value, TimeSpan.FromSeconds(30), Stop));
        await store.ReleaseAsync("till", "first", Stop);
        Assert.Null(await store.TryTakeAsync("till", "third", TimeSpan.FromSeconds(1), Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lease_is_prolonged_by_its_holder_and_by_nobody_else(string kind)
    {
        var store = LockStores.Create(_one.Get(await _places.NewAsync(kind)));
        var token = await store.TryTakeAsync("till", "first", TimeSpan.FromSeconds(20), Stop);

        Assert.NotNull(token);
        Assert.False(await store.TryRenewAsync("till", "second", token.Value, TimeSpan.FromSeconds(20), Stop));
        Assert.False(await store.TryRenewAsync("till", "first", token.Value - 1, TimeSpan.FromSeconds(20), Stop));
        Assert.False(await store.TryRenewAsync("other", "first", token.Value, TimeSpan.FromSeconds(20), Stop));
        Assert.True(await store.TryRenewAsync("till", "first", token.Value, TimeSpan.FromMilliseconds(1), Stop));
        var next = await TakeSoonAsync(store, "second");
        Assert.True(next > token);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" till")]
    [InlineData("till ")]
    [InlineData("ti\nll")]
    public async Task A_name_that_a_backend_could_change_is_refused(string name)
    {
        var locks = Backends.Locks.On(_one.Get(await _places.NewAsync("file")));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => locks.TryAcquireAsync(name, cancellationToken: Stop));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => locks.TryAcquireAsync(new string('x', 201), cancellationToken: Stop));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => locks.TryAcquireAsync("till", new LockOptions { Lease = TimeSpan.FromMilliseconds(10) }, Stop));
    }

    private static async Task<long?> TakeSoonAsync(ILockStore store, string owner)
    {
        long? token = null;
        await Rowhouse.Tests.Eventually.HoldsAsync(async () => (token = await store.TryTakeAsync("till", owner, TimeSpan.FromSeconds(1), Stop)) is not null, "the lock is free");
        return token;
    }
}
