using System.Collections.Concurrent;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <summary>Instances on their way out: drains them, and tells which ones something keeps in memory.</summary>
internal sealed class RetiredInstances
{
    // After 2, 4, 8 … 256 s. A collectible context takes several collections to go, and what array pools keep for a thread they let go of
    // with a collection a minute later (SharedArrayPool.Trim). Whatever is alive after the last one has a holder.
    private const int CollectionsBeforeLeak = 8;

    private readonly ConcurrentDictionary<AppInstance, Task> _draining = new();
    private readonly List<Trace> _traces = [];
    private readonly TimeProvider _time;

    public RetiredInstances(TimeProvider time)
    {
        _time = time;
    }

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
            var due = _traces.Where(trace => trace.Collections < CollectionsBeforeLeak && trace.NextCollection <= now).ToList();
            if (due.Count == 0)
            {
                return;
            }

            due.ForEach(trace => trace.Collections++);
        }

        // A reload leaves megabytes of code and types behind, in generation 2, which an idle server never collects by itself.
#pragma warning disable RS0030 // in the background, at most eight times per reload
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
                _traces.Add(new Trace(context, _time.GetUtcNow()));
            }
        }

        _draining.TryRemove(instance, out _);
    }

    private sealed class Trace
    {
        private readonly DateTimeOffset _retired;

        public Trace(WeakReference context, DateTimeOffset retired)
        {
            Context = context;
            _retired = retired;
        }

        public WeakReference Context { get; }

        public int Collections { get; set; }

        public DateTimeOffset NextCollection => _retired + TimeSpan.FromSeconds(2 << Collections);
    }
}
