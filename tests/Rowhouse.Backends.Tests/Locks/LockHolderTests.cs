using System.Globalization;
using Rowhouse.Backends.Tests.Nodes;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Locks;

/// <summary>What happens to a lock when the process that holds it does.</summary>
public sealed class LockHolderTests : IAsyncDisposable
{
    // A busy machine may keep a holder from renewing for a second or two.
    private const int LeaseMillis = 4000;

    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(LeaseMillis);

    private readonly Places _places;
    private readonly BackendRegistry _registry = new();

    public LockHolderTests(Places places)
    {
        _places = places;
    }

    public static TheoryData<string> Kinds => Places.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_holder_keeps_its_lock_beyond_the_lease_and_its_death_by_kill_9_frees_it(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var locks = Backends.Locks.On(_registry.Get(uri));
        await using var holder = NodeProcess.Start(NodeRoles.HoldLock, uri.ToSecretString(), "till", LeaseMillis.ToString(CultureInfo.InvariantCulture));
        var token = long.Parse(await holder.ReadLineAsync(), CultureInfo.InvariantCulture);

        Assert.Null(await locks.TryAcquireAsync("till", new LockOptions { Wait = Lease * 1.5 }, Stop));
        await holder.KillAsync();

        // The figure (lease + 1 s) is that of eng/bench; this machine may be busy.
        await using var next = await locks.AcquireAsync("till", new LockOptions { Wait = Lease + TimeSpan.FromSeconds(6) }, Stop);
        Assert.True(next.FencingToken > token);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_holder_that_was_asleep_is_told_that_it_lost_its_lock_and_harms_the_next_one_in_nothing(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var locks = Backends.Locks.On(_registry.Get(uri));
        await using var holder = NodeProcess.Start(NodeRoles.HoldLock, uri.ToSecretString(), "till", LeaseMillis.ToString(CultureInfo.InvariantCulture));
        var token = long.Parse(await holder.ReadLineAsync(), CultureInfo.InvariantCulture);
        await holder.SignalAsync("STOP");

        await using var next = await locks.AcquireAsync("till", new LockOptions { Wait = TimeSpan.FromSeconds(30) }, Stop);
        await holder.SignalAsync("CONT");

        Assert.True(next.FencingToken > token);
        Assert.Equal("lost", await holder.ReadLineAsync());
        Assert.Equal("disposed", await holder.ReadLineAsync());
        Assert.Null(await locks.TryAcquireAsync("till", cancellationToken: Stop));
    }

    [Fact]
    public async Task A_lock_that_arrives_when_its_caller_has_given_up_is_given_back()
    {
        await using var redis = new Rowhouse.Tests.RedisServer();
        await redis.StartedAsync();
        var backend = _registry.GetRedis(ConnectionUri.Parse($"redis://127.0.0.1:{redis.Port}?timeout=60s&command-timeout=60s"));
        var locks = Backends.Locks.On(backend);
        await (await locks.AcquireAsync("till", cancellationToken: Stop)).DisposeAsync();
        await redis.PauseAsync();
        using var caller = new CancellationTokenSource();

        var late = locks.TryAcquireAsync("till", new LockOptions { Lease = TimeSpan.FromMinutes(10) }, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        await redis.ResumeAsync();

        // The request went first on the same connection, and so has arrived when this is answered.
        await backend.UseAsync(database => database.PingAsync(), cancellationToken: Stop);
        await using var next = await locks.AcquireAsync("till", new LockOptions { Wait = TimeSpan.FromSeconds(30) }, Stop);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_holder_whose_backend_is_gone_is_told_before_the_lease_is_over()
    {
        await using var redis = new Rowhouse.Tests.RedisServer();
        await redis.StartedAsync();
        var locks = Backends.Locks.On(_registry.Get(ConnectionUri.Parse($"redis://127.0.0.1:{redis.Port}?timeout=500ms&command-timeout=500ms")));
        await using var lease = await locks.AcquireAsync("till", new LockOptions { Lease = Lease }, Stop);

        await redis.KillAsync();

        await Rowhouse.Tests.Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested, "the holder is told");
    }
}
