namespace Rowhouse.Backends;

/// <summary>A lock that is held, and is renewed in the background until it is disposed of.</summary>
public sealed class LockLease : IAsyncDisposable
{
    /// <summary>The work stops this much of the lease before others may begin, since it cannot stop in no time.</summary>
    private const double SafetyMargin = 0.1;

    private readonly LockHold _hold;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;
    private int _isDisposed;

    internal LockLease(LockHold hold, long asked, TimeProvider time)
    {
        _hold = hold;
        _time = time;
        Lost = _lost.Token;
        BackendMetrics.LockTaken(hold.Backend);
        _renewing = Detached.RunAsync(() => RenewAsync(asked));
    }

    /// <summary>The name of the lock.</summary>
    public string Name => _hold.Name;

    /// <summary>
    /// A number that is larger with every holder of this name. Store it with what you write, and let a write with a smaller one fail: then a holder
    /// that lost its lock without knowing it yet can spoil nothing.
    /// </summary>
    public long FencingToken => _hold.Token;

    /// <summary>Cancelled when the lock could not be renewed in time, a little before others may take it. Stop the work then.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Gives the lock back. If the backend is down the lock ends with its lease.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _released.CancelAsync();
        await _renewing;
        var isLost = _lost.IsCancellationRequested;
        try
        {
            if (!isLost)
            {
                await _hold.Store.ReleaseAsync(_hold.Name, _hold.Owner, CancellationToken.None);
            }
        }
        catch (Exception)
        {
            // Whatever it was, the work is done, and the lock ends by itself.
        }

        BackendMetrics.LockGone(_hold.Backend, isLost);
        _released.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(long asked)
    {
        var usable = _hold.Lease * (1 - SafetyMargin);
        var next = _hold.Lease / 3;
        try
        {
            while (true)
            {
                var left = usable - _time.GetElapsedTime(asked);
                var pause = next < left ? next : left;
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, _time, _released.Token);
                }

                var now = _time.GetTimestamp();
                left = usable - _time.GetElapsedTime(asked, now);
                var renewed = left > TimeSpan.Zero ? await TryRenewAsync(left) : false;
                if (renewed == false)
                {
                    await _lost.CancelAsync();
                    return;
                }

                // The lease counts from when it was asked for: the answer may have been long under way.
                (asked, next) = renewed == true ? (now, _hold.Lease / 3) : (asked, _hold.Lease / 10);
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    // Null: it could not be asked, and there may be time to ask again.
    private async Task<bool?> TryRenewAsync(TimeSpan left)
    {
        try
        {
            return await _hold.Store.TryRenewAsync(_hold.Name, _hold.Owner, _hold.Token, _hold.Lease, _released.Token).WaitAsync(left, _time, _released.Token);
        }
        catch (Exception) when (!_released.IsCancellationRequested)
        {
            return null;
        }
    }
}
