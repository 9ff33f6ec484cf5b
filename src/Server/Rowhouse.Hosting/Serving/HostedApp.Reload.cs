using System.Diagnostics;
using Rowhouse.Hosting.Building;
using Rowhouse.Hosting.Building.Sources;
using Rowhouse.Hosting.Isolation;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <content>From a change on disk to a new instance.</content>
internal sealed partial class HostedApp
{
    // Longer than the pauses between an editor's own steps (write aside, rename) and those of a checkout; shorter than anybody notices.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(10);

    // An app that ends itself sooner than this would be started for a request again and again; after longer it wants to be started anew.
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(5);

    private readonly RetiredInstances _retired;

    private readonly ChangeSignal _webFilesChanged = new();

    private IAppBuilder? _builder;
    private (AppKind Kind, bool Development) _builtAs;
    private Task? _work;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _epoch = Stopwatch.GetTimestamp() & 0xFFFFFFFF0000;
    private long _wanted;
    private long _done;
    private long _lastChange;
    private bool _restart;
    private bool _restarting;
    private bool _viewsReplaced;

    /// <summary>Counts the finished reloads, failed ones too; another number after each start of the server.</summary>
    public long Version => _epoch + Volatile.Read(ref _done);

    // Under the gate.
    private bool IsStale => _wanted != _done;

    /// <summary>Starts the app if nothing has yet.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_current is null && !_disabled)
            {
                StartWork();
            }
        }
    }

    /// <summary>Takes note of a changed file (relative to the app's folder, forward slashes); null: anything may have changed.</summary>
    public void NoteChange(string? relativePath)
    {
        if (relativePath is null or AppFolder.DisabledFile)
        {
            UpdateDisabled();
        }

        if (relativePath?.StartsWith("wwwroot/", StringComparison.OrdinalIgnoreCase) != false)
        {
            _webFilesChanged.Fire();
        }

        if (relativePath is not null && (relativePath == AppFolder.DisabledFile || _builder?.IsInput(relativePath) == false))
        {
            return;
        }

        lock (_gate)
        {
            _wanted++;
            _lastChange = Stopwatch.GetTimestamp();
            _restart |= relativePath is not null && ChangeKinds.IsConfiguration(relativePath) && _current is not ProcessInstance;
            if (_current is not null || _failure is not null || !Settings.LazyStart)
            {
                StartWork();
            }

            UpdateOpen();
        }
    }

    /// <summary>Starts a new instance although no file has changed: settings have.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _wanted++;
            _restart = true;
            if (_current is not null || _failure is not null)
            {
                StartWork();
            }
        }
    }

    /// <summary>Waits until <see cref="Version"/> is no longer <paramref name="version"/>.</summary>
    /// <returns>Whether they have; false when time is up.</returns>
    public async Task<bool> WaitForChangeAsync(long version, TimeSpan limit, CancellationToken cancellationToken)
    {
        var changed = _changed.Task;
        if (Version != version)
        {
            return true;
        }

        try
        {
            await changed.WaitAsync(limit, _host.Time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Under the gate.
    private Task StartWork() => _work ??= Task.Run(WorkAsync);

    private async Task WorkAsync()
    {
        while (true)
        {
            long target;
            await WaitForQuietAsync().ConfigureAwait(false);
            lock (_gate)
            {
                target = _wanted;

                // Taken over, not read later: what changes while this instance starts asks for another one.
                _restarting |= _restart;
                _restart = false;
            }

            AppFailure? failure;
            try
            {
                failure = await ReloadAsync(() => Volatile.Read(ref _wanted) != target).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_gone.IsCancellationRequested)
            {
                failure = null;
            }
            catch (Exception e)
            {
                Log.UnexpectedFailure(_host.Logger, e, Name, e.Message);
                failure = new AppFailure { Reason = $"{e.GetType().Name}: {e.Message}", Exception = e, Start = StartFault.Threw };
            }

            if (Finish(target, failure))
            {
                return;
            }
        }
    }

    private bool Finish(long target, AppFailure? failure)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_wanted != target && !_gone.IsCancellationRequested)
            {
                return false;
            }

            _failure = failure?.Follows(_failure, _host.Time.GetUtcNow());
            _done = target;
            _work = null;
            UpdateOpen();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (failure is not null)
        {
            Log.ReloadFailed(_host.Logger, failure.Exception, Name, failure.Reason);
        }

        if (!IsDevelopment)
        {
            _builder?.Forget();
        }

        changed.TrySetResult();
        return true;
    }

    private async Task WaitForQuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastChange)) is var since && since < Quiet
            && Stopwatch.GetElapsedTime(started) < LongestChange && !_gone.IsCancellationRequested)
        {
            await Task.Delay(Quiet - since + TimeSpan.FromMilliseconds(1), _host.Time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<AppFailure?> ReloadAsync(Func<bool> isOutdated)
    {
        var clock = Stopwatch.StartNew();
        if (_disabled)
        {
            return null;
        }

        try
        {
            _folder = AppFolder.Open(_host.Root, Name);
        }
        catch (RowhouseException e)
        {
            return AppFailure.OfError(e);
        }

        if (Settings.Isolation == AppIsolation.Process && !_host.IsChild)
        {
            return await StartProcessAsync(clock).ConfigureAwait(false);
        }

        ChooseBuilder(_folder);
        if (await TryReplaceViewsAsync(clock).ConfigureAwait(false) is { } views)
        {
            return views.Failure;
        }

        var result = await _builder!.BuildAsync(_gone.Token).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            return AppFailure.OfBuild(result);
        }

        if (isOutdated() || (_current?.Build?.Id == result.Build!.Id && !_restarting && !_viewsReplaced))
        {
            return null;
        }

        return await StartAsync(result.Build!, clock).ConfigureAwait(false);
    }

    private void ChooseBuilder(AppFolder folder)
    {
        if (_builder is null || _builtAs != (folder.Kind, IsDevelopment))
        {
            _builder = AppBuilders.For(_host.Root, folder, IsDevelopment);
            _builtAs = (folder.Kind, IsDevelopment);
        }
    }

    private async Task<(AppFailure? Failure, bool Done)?> TryReplaceViewsAsync(Stopwatch clock)
    {
        if (!IsDevelopment || _restarting || _builder is not SourceBuilder sources || _current is not SharedInstance { Build: { } build } running)
        {
            return null;
        }

        if (await sources.BuildViewsAsync(build, _gone.Token).ConfigureAwait(false) is not { } views)
        {
            return null;
        }

        if (views.Assembly is null)
        {
            return (AppFailure.OfBuild(BuildResult.Failure(views.Diagnostics)), true);
        }

        if (!running.TryReplaceViews(views))
        {
            return null;
        }

        _viewsReplaced = true;
        Log.ViewsReplaced(_host.Logger, Name, clock.ElapsedMilliseconds);
        return (null, true);
    }

    private async Task<AppFailure?> StartAsync(AppBuild build, Stopwatch clock)
    {
        foreach (var warning in build.FromCache ? [] : build.Warnings)
        {
            Log.BuildWarning(_host.Logger, warning);
        }

        var setup = new InstanceSetup
        {
            App = _folder!,
            Number = Interlocked.Increment(ref _instances),
            Build = build,
            Settings = Settings,
            Environment = Environment,
            Addresses = _host.Addresses,
            DataFolder = _host.Root.DataOf(Name),
            Keys = _host.Config.Keys,
            KeysFolder = _host.Root.Data,
            ManagementSocket = _host.Root.ManagementSocket,
            Log = _host.Log,
            Time = _host.Time,
            WebFilesChanged = _webFilesChanged,
        };
        SharedInstance instance;
        try
        {
            instance = await SharedInstance.StartAsync(setup, _retired.Retire, _gone.Token).ConfigureAwait(false);
        }
        catch (AppStartException e)
        {
            return AppFailure.OfStart(e);
        }

        if (await InstanceProbe.RunAsync(instance, Name, Settings, _host.Addresses).ConfigureAwait(false) is { } fault)
        {
            _retired.Retire(instance);
            return AppFailure.OfStart(new AppStartException(fault));
        }

        TakeOver(instance);
        Log.InstanceServes(_host.Logger, Name, instance.Number, clock.ElapsedMilliseconds, build.FromCache ? "built before" : "built now");
        new BuildStore(_host.Root, Name).Prune(PackageLoadContext.FoldersInUse().Append(build.Folder).ToHashSet());
        return null;
    }

    private async Task<AppFailure?> StartProcessAsync(Stopwatch clock)
    {
        if (_current is ProcessInstance && !_restarting)
        {
            return null; // the child watches its own files
        }

        try
        {
            var instance = await ProcessInstance.StartAsync(_host, Name, Interlocked.Increment(ref _instances), Settings, _gone.Token).ConfigureAwait(false);
            TakeOver(instance);
            Log.InstanceServes(_host.Logger, Name, instance.Number, clock.ElapsedMilliseconds, "in a process of its own");
            return null;
        }
        catch (AppStartException e)
        {
            return AppFailure.OfStart(e);
        }
    }

    private void TakeOver(AppInstance instance)
    {
        AppInstance? before;
        lock (_gate)
        {
            // It may have been taken out of service while it started.
            (before, _current) = _disabled ? (instance, null) : (_current, instance);
            _restarting = false;
            _viewsReplaced = false;
            _failure = null;
            _lastUse = _host.Time.GetUtcNow();
            UpdateOpen();
        }

        _ = WatchAsync(instance, _host.Time.GetUtcNow());
        if (before is not null)
        {
            _retired.Retire(before);
        }
    }

    private async Task WatchAsync(AppInstance instance, DateTimeOffset since)
    {
        var end = await instance.Ended.ConfigureAwait(false);
        await (_work ?? Task.CompletedTask).ConfigureAwait(false); // which would take it for a success
        lock (_gate)
        {
            if (_current == instance || _current is null)
            {
                _current = null;
                var wasShort = _host.Time.GetUtcNow() - since < ShortLife;
                _failure = end.IsFailure || wasShort ? AppFailure.OfEnd(end).Follows(_failure, _host.Time.GetUtcNow()) : _failure;
                UpdateOpen();
            }
        }

        Log.InstanceEnded(_host.Logger, Name, end.Reason);
        _retired.Retire(instance);
    }
}
