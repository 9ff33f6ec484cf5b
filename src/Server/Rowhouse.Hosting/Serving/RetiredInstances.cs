using System.Collections.Concurrent;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <summary>Instances on their way out: drains them, and tells which ones something keeps in memory.</summary>
internal sealed class RetiredInstances
{
    // A collectible context takes several collections to go; after these it has a holder.
    private const int CollectionsBeforeLeak = 4;
    private static readonly TimeSpan CollectEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<AppInstance, Task> _draining = new();
    private readonly List<Trace> _traces = [];
    private DateTimeOffset _lastCollection;

    public void Retire(AppInstance instance) => _ = RetireAsync(instance);

    public Task RetireAsync(AppInstance instance) => _draining.GetOrAdd(instance, static (retiring, self) => self.RunAsync(retiring), this);

    /// <summary>Waits until all have drained.</summary>
    public Task WaitAsync() => Task.WhenAll(_draining.Values);

    public int CountLeaked()
    {
        lock (_traces)
        {
            return _traces.Count(trace => trace.Collections >= CollectionsBeforeLeak && trace.Context.IsAlive);
        }
    }

    /// <summary>Helps the runtime to unload what is retired: it would otherwise wait for a full collection that may never be due.</summary>
    public void Collect(DateTimeOffset now)
    {
        lock (_traces)
        {
            _traces.RemoveAll(trace => !trace.Context.IsAlive);
            var waiting = _traces.Where(trace => trace.Collections < CollectionsBeforeLeak).ToList();
            if (waiting.Count == 0 || now - _lastCollection < CollectEvery)
            {
                return;
            }

            _lastCollection = now;
            waiting.ForEach(trace => trace.Collections++);
        }

        // A reload leaves megabytes of code and types behind, in generation 2, which an idle server never collects by itself.
#pragma warning disable RS0030 // in the background, at most four times per reload
        GC.Collect(2, GCCollectionMode.Forced, blocking: false);
#pragma warning restore RS0030
    }

    private async Task RunAsync(AppInstance instance)
    {
        await Task.Yield();
        var context = instance.Trace();
        await instance.RetireAsync().ConfigureAwait(false);
        if (context is not null)
        {
            lock (_traces)
            {
                _traces.Add(new Trace(context));
            }
        }

        _draining.TryRemove(instance, out _);
    }

    private sealed class Trace
    {
        public Trace(WeakReference context)
        {
            Context = context;
        }

        public WeakReference Context { get; }

        public int Collections { get; set; }
    }
}
