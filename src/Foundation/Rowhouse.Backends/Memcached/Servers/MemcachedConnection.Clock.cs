namespace Rowhouse.Backends.Memcached;

/// <summary>One clock for all calls of a connection: it runs only while something is waited for.</summary>
internal sealed partial class MemcachedConnection
{
    // A server that trickles so that nothing ever ends is given up after as many time-outs.
    private const int TimeoutsOfTheSlowest = 3;

    private ITimer? _clock;
    private bool _isWatching;
    private long _lastArrival;

    private TimeSpan Tick => TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(_options.OperationTimeout.TotalMilliseconds / 4, int.MaxValue)));

    // After the greeting, which has a limit of its own (ConnectTimeout).
    private void StartClock()
    {
        lock (_gate)
        {
            _clock = _options.TimeProvider.CreateTimer(static connection => ((MemcachedConnection)connection!).FailTheLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void NoteArrival() => Volatile.Write(ref _lastArrival, _options.TimeProvider.GetTimestamp());

    // Under the lock.
    private void WatchTime()
    {
        if (!_isWatching && _clock is not null)
        {
            _isWatching = true;
            _clock.Change(Tick, Timeout.InfiniteTimeSpan);
        }
    }

    private void FailTheLate()
    {
        bool isDead;
        lock (_gate)
        {
            _isWatching = false;
            if (_closedBy is not null || !_waiting.TryPeek(out var first))
            {
                return;
            }

            var now = _options.TimeProvider.GetTimestamp();
            FailUntil(now);
            isDead = IsDead(first, now);
            if (!isDead)
            {
                WatchTime();
            }
        }

        if (isDead)
        {
            Close(MemcachedErrors.TimedOut(_server, _options.OperationTimeout));
        }
    }

    // The queue is in the order of sending, so the first that has time left ends the search. Those that fail stay in it: see PendingCall.
    private void FailUntil(long now)
    {
        foreach (var call in _waiting)
        {
            if (Age(call.SentAt, now) < _options.OperationTimeout)
            {
                return;
            }

            if (!call.IsOver)
            {
                call.Fail(MemcachedErrors.TimedOut(_server, _options.OperationTimeout));
            }
        }
    }

    private bool IsDead(PendingCall first, long now)
    {
        var age = Age(first.SentAt, now);
        return age >= _options.OperationTimeout
            && (Age(Volatile.Read(ref _lastArrival), now) >= _options.OperationTimeout || age >= _options.OperationTimeout * TimeoutsOfTheSlowest);
    }

    private TimeSpan Age(long since, long now) => _options.TimeProvider.GetElapsedTime(since, now);
}
