namespace Rowhouse.Hosting.Serving;

/// <content>What time brings: idleness, maintenance.</content>
internal sealed partial class HostedApp
{
    // A developer who comes back after this long waits for one slower compile.
    private static readonly TimeSpan CompilerIdle = TimeSpan.FromMinutes(15);

    /// <summary>Called every second.</summary>
    public async Task UpkeepAsync(DateTimeOffset now)
    {
        _retired.Collect(now);
        if (_used || _current is { ActiveRequests: > 0 })
        {
            _used = false;
            _lastUse = now;
            return;
        }

        if (now - _lastUse > CompilerIdle && _work is null)
        {
            _builder?.Forget();
        }

        if (Settings.Idle is { } idle && !_host.IsChild && now - _lastUse > idle && _current is not null && _work is null)
        {
            Log.AppIdle(_host.Logger, Name, idle);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private void UpdateDisabled()
    {
        var disabled = File.Exists(Path.Combine(FolderPath, AppFolder.DisabledFile));
        lock (_gate)
        {
            if (disabled == _disabled)
            {
                return;
            }

            _disabled = disabled;
            UpdateOpen();
            if (!disabled)
            {
                _failure = null;
                if (!Settings.LazyStart)
                {
                    StartWork();
                }

                return;
            }
        }

        _ = CloseAsync();
    }
}
