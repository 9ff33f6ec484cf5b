namespace Rowhouse.Backends.Tests.Health;

/// <summary>What a call brings; it knows whether it was closed.</summary>
internal sealed class LateResult : IAsyncDisposable
{
    public bool IsDisposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
