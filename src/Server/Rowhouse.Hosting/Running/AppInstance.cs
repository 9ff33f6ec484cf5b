using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Building;

namespace Rowhouse.Hosting.Running;

/// <summary>One loaded build of an app. A reload makes a new one.</summary>
internal abstract class AppInstance
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;
    private int _stopping;
    private volatile bool _retired;

    protected AppInstance(int number, AppBuild? build, DateTimeOffset since)
    {
        Number = number;
        Build = build;
        Since = since;
    }

    public int Number { get; }

    /// <summary>The build that was loaded; null where the instance builds for itself.</summary>
    public AppBuild? Build { get; }

    public DateTimeOffset Since { get; }

    public int ActiveRequests => Volatile.Read(ref _active);

    /// <summary>Completes if the instance ends by itself.</summary>
    public abstract Task<InstanceEnd> Ended { get; }

    /// <summary>What went wrong lately without ending the instance; one line, null if nothing did.</summary>
    public string? LastFault { get; protected set; }

    /// <summary>The child process of the instance; null if it has none.</summary>
    public virtual int? ProcessId => null;

    /// <summary>The memory of that process in bytes.</summary>
    public virtual long? ProcessMemoryBytes => null;

    /// <summary>How often that process was replaced because it died.</summary>
    public virtual int Restarts => 0;

    protected bool IsRetired => _retired;

    /// <summary>Completes when the instance is retired and its last request has ended.</summary>
    protected Task Drained => _drained.Task;

    /// <summary>Takes part in the count of requests, unless the instance is retired: then another one has taken over.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _active);
        if (!_retired)
        {
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>Leaves what <see cref="TryEnter"/> has entered.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref _active) == 0 && _retired)
        {
            _drained.TrySetResult();
        }
    }

    /// <summary>Begins a request; only between <see cref="TryEnter"/> and <see cref="Exit"/>.</summary>
    public abstract AppRequest Begin(IFeatureCollection features);

    /// <summary>
    /// Takes no more requests, tells WebSockets to close, waits for the requests in flight for as long as the settings say, cuts what is
    /// left, stops the app and lets go of it.
    /// </summary>
    public async Task RetireAsync()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            Close();
            await StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Follows the unloading without taking part in it; null if nothing is to be unloaded.</summary>
    public virtual WeakReference? Trace() => null;

    /// <summary>Takes no more requests.</summary>
    protected void Close()
    {
        _retired = true;
        if (Volatile.Read(ref _active) == 0)
        {
            _drained.TrySetResult();
        }
    }

    protected abstract Task StopAsync();
}
