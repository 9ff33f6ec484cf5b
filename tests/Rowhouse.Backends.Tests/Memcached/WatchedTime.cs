using Microsoft.Extensions.Time.Testing;

namespace Rowhouse.Backends.Tests.Memcached;

/// <summary>Time that stands still until a test moves it, and that tells when it is looked at.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private int _looks;

    /// <summary>How often the time was taken: a connection does so when it sends and when something arrives.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Called where a timer is made.</summary>
    public Action OnTimer { get; init; } = () => { };

    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _looks);
        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        OnTimer();
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
