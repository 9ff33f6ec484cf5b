namespace Rowhouse.Benchmarks.Configuration;

/// <summary>Watches how many threads the pool has, from a thread of its own: one of the pool would be late just when it matters.</summary>
internal sealed class ThreadWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private int _most;

    public ThreadWatch()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The most since the last time that this was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _most, ThreadPool.ThreadCount);

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    private void Watch()
    {
        while (!_ended.Wait(Pause))
        {
            _most = Math.Max(_most, ThreadPool.ThreadCount);
        }
    }
}
