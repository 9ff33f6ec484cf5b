using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Backends;

/// <summary>Makes the first key before the app serves. A backend that is down keeps no app from starting: the key is made when it is first needed.</summary>
internal sealed class KeysStart : IHostedLifecycleService
{
    private readonly IKeyManager _keys;
    private readonly ILogger<KeysStart> _logger;
    private readonly TimeProvider _time;

    public KeysStart(IKeyManager keys, ILogger<KeysStart> logger, TimeProvider? time = null)
    {
        _keys = keys;
        _logger = logger;
        _time = time ?? TimeProvider.System;
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_keys is not SharedKeyManager keys)
        {
            return;
        }

        try
        {
            await keys.EnsureKeyAsync(_time.GetUtcNow(), cancellationToken);
        }
        catch (BackendUnavailableException e)
        {
            Log.NoKeysAtStart(_logger, e.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
