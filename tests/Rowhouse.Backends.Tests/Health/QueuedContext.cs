namespace Rowhouse.Backends.Tests.Health;

/// <summary>Keeps what comes behind an await until a test says which goes first.</summary>
internal sealed class QueuedContext : SynchronizationContext
{
    private readonly Lock _gate = new();
    private readonly List<(SendOrPostCallback Work, object? State)> _queue = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _queue.Add((d, state));
        }
    }

    /// <summary>Starts something whose awaits come back here.</summary>
    public T Start<T>(Func<T> start)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return start();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs what came last, then what came before it, until nothing is left.</summary>
    public void RunLastFirst()
    {
        while (Count > 0)
        {
            (SendOrPostCallback Work, object? State) next;
            lock (_gate)
            {
                next = _queue[^1];
                _queue.RemoveAt(_queue.Count - 1);
            }

            Start(() =>
            {
                next.Work(next.State);
                return true;
            });
        }
    }
}
