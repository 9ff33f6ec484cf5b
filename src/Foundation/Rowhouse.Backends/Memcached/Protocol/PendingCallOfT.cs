namespace Rowhouse.Backends.Memcached;

/// <summary>A command on its way, for a caller that waits for a <typeparamref name="T"/>.</summary>
internal abstract class PendingCall<T> : PendingCall
{
    // Asynchronously, since answers are given under the lock of the connection.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsOver => _result.Task.IsCompleted;

    public override void Fail(Exception exception) => _result.TrySetException(exception);

    /// <summary>Waits for the answer. A cancelled wait leaves the call where it is, for its answers to end in.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static (call, token) => ((PendingCall<T>)call!)._result.TrySetCanceled(token), this);
        return await _result.Task;
    }

    protected void Finish(T result) => _result.TrySetResult(result);
}
