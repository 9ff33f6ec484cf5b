namespace Rowhouse.Backends.Memcached;

internal sealed partial class MemcachedServer
{
    private MemcachedException? _lastFailure;
    private DateTimeOffset _downSince;
    private Task _probing = Task.CompletedTask;

    // Under the lock, and in a task that StartOpening has cut off from its caller.
    private void NoteFailure(Exception exception)
    {
        if (_isDisposed || exception is not MemcachedException failure)
        {
            return;
        }

        if (_lastFailure is null)
        {
            _downSince = _options.TimeProvider.GetUtcNow();
            _probing = Task.Run(ProbeAsync);
        }

        _lastFailure = failure;
    }

    private async Task ProbeAsync()
    {
        while (!_disposing.IsCancellationRequested)
        {
            await Task.Delay(_options.RetryDelay, _options.TimeProvider, _disposing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await TryProbeAsync())
            {
                return;
            }
        }
    }

    private async Task<bool> TryProbeAsync()
    {
        MemcachedConnection connection;
        try
        {
            connection = await ConnectAsync();
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                NoteFailure(exception);
            }

            return false;
        }

        return await AdmitAsync(connection);
    }

    private async Task<bool> AdmitAsync(MemcachedConnection connection)
    {
        lock (_gate)
        {
            _lastFailure = null;
            var slot = Array.Find(_slots, slot => !slot.IsOpen && slot.Opening is null);
            if (!_isDisposed && slot is not null)
            {
                slot.Connection = connection;
                return true;
            }
        }

        await connection.DisposeAsync();
        return true;
    }
}
