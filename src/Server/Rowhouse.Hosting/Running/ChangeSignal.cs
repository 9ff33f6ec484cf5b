using Microsoft.Extensions.Primitives;

namespace Rowhouse.Hosting.Running;

/// <summary>Hands out change tokens and fires them, again and again.</summary>
#pragma warning disable CA1001 // a source without a timer and without a wait handle has nothing to dispose of
internal sealed class ChangeSignal
#pragma warning restore CA1001
{
    private CancellationTokenSource _source = new();

    public IChangeToken GetToken() => new CancellationChangeToken(Volatile.Read(ref _source).Token);

    public void Fire() => Interlocked.Exchange(ref _source, new CancellationTokenSource()).Cancel();
}
