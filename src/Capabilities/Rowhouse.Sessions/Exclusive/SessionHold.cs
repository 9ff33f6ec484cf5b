namespace Rowhouse.Sessions;

/// <summary>A session that a request has for itself until this is disposed of.</summary>
internal sealed class SessionHold : IAsyncDisposable
{
    private readonly LockLease? _lease;
    private readonly Action? _release;

    public SessionHold(LockLease lease)
    {
        _lease = lease;
    }

    public SessionHold(Action release)
    {
        _release = release;
    }

    public bool IsLost => _lease is { Lost.IsCancellationRequested: true };

    public ValueTask DisposeAsync()
    {
        _release?.Invoke();
        return _lease?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
