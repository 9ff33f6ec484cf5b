using System.Security.Cryptography;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Sessions;

/// <summary>
/// Keeps those who write the same session from hindering one another for ever. What makes a write right is its version alone: a first conflict is tried
/// again at once, the next ones after a random while, and who meets many waits for a turn, which is an item that only one can add.
/// </summary>
internal sealed class MemcachedTurn : IAsyncDisposable
{
    private const int TriedAtOnce = 1;
    private const int TriedWithoutTurn = 6;

    // Ten times what a write takes within a data centre.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    // memcached counts whole seconds. Whoever dies in his turn holds up the others no longer than this.
    private static readonly TimeSpan TurnLife = TimeSpan.FromSeconds(2);

    // A request that waits longer has been given up by its visitor.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemcachedBackend _memcached;
    private readonly string _item;
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private ulong? _held;

    public MemcachedTurn(MemcachedBackend memcached, string item)
    {
        _memcached = memcached;
        _item = item + ":turn";
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="conflicts">How many attempts have failed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RowhouseException">RH5041: it has taken too long.</exception>
    public async Task WaitAsync(int conflicts, CancellationToken cancellationToken)
    {
        if (TimeProvider.System.GetElapsedTime(_began) > Patience)
        {
            throw SessionsErrors.TooManyWriters(_memcached.Name, conflicts, Patience);
        }

        if (conflicts <= TriedAtOnce || _held is not null)
        {
            return;
        }

        if (conflicts <= TriedWithoutTurn)
        {
            await PauseAsync(cancellationToken);
            return;
        }

        // Nobody waits longer than a turn may last: what comes of it is one conflict more.
        for (var since = TimeProvider.System.GetTimestamp(); _held is null && TimeProvider.System.GetElapsedTime(since) < TurnLife;)
        {
            var added = await _memcached.CallAsync((client, token) => client.AddAsync(_item, ReadOnlyMemory<byte>.Empty, new MemcachedWrite { TimeToLive = TurnLife }, token), cancellationToken);
            _held = added.IsDone ? added.Cas : null;
            if (_held is null)
            {
                await PauseAsync(cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not { } version)
        {
            return;
        }

        try
        {
            await _memcached.CallAsync((client, token) => client.DeleteAsync(_item, version, token), CancellationToken.None);
        }
        catch (BackendUnavailableException)
        {
            // It ends by itself.
        }
    }

    private static Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromTicks(RandomNumberGenerator.GetInt32((int)LongestPause.Ticks)), TimeProvider.System, cancellationToken);
}
