namespace Rowhouse.Backends.Memcached;

/// <summary>
/// One server: a small pool of connections, each opened when it is first needed. After a failed attempt the server is down: calls fail at once
/// and without waiting, and one attempt after the other is made in the background until one succeeds. So no caller ever pays for finding out
/// whether a server is back.
/// </summary>
internal sealed partial class MemcachedServer : IAsyncDisposable
{
    // A server that accepts, greets and hangs up must not keep a caller here for ever.
    private const int MaxAttempts = 3;

    private readonly Lock _gate = new();
    private readonly MemcachedOptions _options;
    private readonly ConnectionSlot[] _slots;
    private readonly CancellationTokenSource _disposing = new();
    private bool _isDisposed;
    private int _turn;
    private int _generation;

    public MemcachedServer(MemcachedEndPoint endPoint, MemcachedOptions options)
    {
        EndPoint = endPoint;
        _options = options;
        _slots = [.. Enumerable.Range(0, options.ConnectionsPerServer).Select(_ => new ConnectionSlot())];
    }

    public MemcachedEndPoint EndPoint { get; }

    /// <summary>Another number after each connection: what is known of the server may be old then.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Sends a command and waits for what answers it.</summary>
    public async ValueTask<T> CallAsync<T>(PendingCall<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var connection = await GetConnectionAsync(cancellationToken);
            if (connection.TrySend(call))
            {
                return await call.WaitAsync(cancellationToken);
            }
        }

        throw MemcachedErrors.Lost(EndPoint, "the server closes each connection at once");
    }

    public async ValueTask DisposeAsync()
    {
        List<Task> opening;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            opening = [.. _slots.Select(slot => slot.Opening).OfType<Task>()];
        }

        await _disposing.CancelAsync();
        await Task.WhenAll(opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _probing;
        foreach (var slot in _slots.Where(slot => slot.Connection is not null))
        {
            await slot.Connection!.DisposeAsync();
        }

        _disposing.Dispose();
    }

    private ValueTask<MemcachedConnection> GetConnectionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(MemcachedClient));
            _turn = (_turn + 1) % _slots.Length;
            var slot = _slots[_turn];
            if (slot.IsOpen)
            {
                return new(slot.Connection!);
            }

            if (_lastFailure is not null)
            {
                return new(FindOpen() ?? throw MemcachedErrors.StillDown(_lastFailure, _downSince, _options.RetryDelay));
            }

            slot.Opening ??= StartOpening(slot);
            return new(slot.Opening.WaitAsync(cancellationToken));
        }
    }

    // The connection outlives its first caller, whose execution context, and with it a whole app, must not live as long.
    private Task<MemcachedConnection> StartOpening(ConnectionSlot slot)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(() => OpenAsync(slot));
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => OpenAsync(slot));
        }
    }

    private async Task<MemcachedConnection> OpenAsync(ConnectionSlot slot)
    {
        try
        {
            var connection = await ConnectAsync();
            Interlocked.Increment(ref _generation);
            lock (_gate)
            {
                slot.Connection = connection;
                slot.Opening = null;
                return connection;
            }
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                slot.Opening = null;
                NoteFailure(exception);
                if (FindOpen() is { } other)
                {
                    return other;
                }
            }

            throw;
        }
    }

    private MemcachedConnection? FindOpen() => Array.Find(_slots, slot => slot.IsOpen)?.Connection;

    private async Task<MemcachedConnection> ConnectAsync()
    {
        using var limit = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _disposing.Token);
        try
        {
            return await MemcachedConnection.OpenAsync(EndPoint, _options, either.Token);
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(MemcachedClient));
        }
        catch (OperationCanceledException exception)
        {
            throw MemcachedErrors.Unreachable(EndPoint, $"no connection with a first answer within {_options.ConnectTimeout.TotalSeconds:0.###} s (ConnectTimeout)", exception);
        }
        catch (Exception exception) when (exception is not MemcachedException)
        {
            throw MemcachedErrors.Unreachable(EndPoint, exception.Message, exception);
        }
    }
}
