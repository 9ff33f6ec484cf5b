using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Isolation;

/// <summary>From the death of one child to that of the next: requests wait for its start, and for its end if they could not be sent.</summary>
internal sealed class ChildTurn
{
    private readonly TaskCompletionSource<Child> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Child? _current;

    /// <summary>The child; null before it has started.</summary>
    public Child? Current => _current;

    public Task<Child> Started => _started.Task;

    /// <summary>Completes when another turn has begun.</summary>
    public Task Over => _over.Task;

    public void Begin(Child child)
    {
        _current = child;
        _started.TrySetResult(child);
    }

    public void Fail(AppStartException reason)
    {
        _started.TrySetException(reason);

        // Nobody may be waiting.
        _ = _started.Task.Exception;
    }

    public void End() => _over.TrySetResult();
}
