using Polly;
using Polly.CircuitBreaker;

namespace Rowhouse.Backends;

/// <summary>
/// The circuit breaker of one backend. While it is open no caller is let through, not even one: a probe in the background is what closes it,
/// so that no visitor's request has to wait for a time-out to find out that the backend is still down.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    /// <summary>The least that Polly allows, and soon enough: a probe costs one small packet.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>A failure that took longer cost its caller something, and opens the circuit alone unless others succeed meanwhile.</summary>
    private static readonly TimeSpan Costly = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly Func<Task> _probe;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<bool> _pipeline;
    private readonly CircuitBreakerStateProvider _position = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private BackendState _state;
    private long _latencyTicks = -1;
    private int _probing;

    public Circuit(string name, TimeSpan timeout, Func<Task> probe, TimeProvider time)
    {
        _name = name;
        _probe = probe;
        _time = time;
        _state = new BackendState { Since = time.GetUtcNow() };
        _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                // What succeeded before the backend stopped must not outweigh the first time-outs, so the window is no longer than a time-out.
                SamplingDuration = TimeSpan.FromSeconds(Math.Clamp(timeout.TotalSeconds, 0.5, 5)),
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                BreakDuration = FirstPause,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome is not { Exception: null, Result: true }),
                StateProvider = _position,
            })
            .Build();
    }

    public bool IsClosed => _position.CircuitState == CircuitState.Closed;

    public BackendState State
    {
        get
        {
            var ticks = Interlocked.Read(ref _latencyTicks);
            return Volatile.Read(ref _state) with { Latency = ticks < 0 ? null : new TimeSpan(ticks) };
        }
    }

    public void Succeeded(TimeSpan elapsed)
    {
        Interlocked.Exchange(ref _latencyTicks, elapsed.Ticks);
        if (!_state.IsUsed)
        {
            Change(state => state with { IsUsed = true });
        }

        Record(true);
    }

    public void Failed(TimeSpan elapsed, string error)
    {
        Noted(error);
        Record(false);
        if (elapsed > Costly)
        {
            Record(false);
        }

        if (!IsClosed)
        {
            StartProbing();
        }
    }

    /// <summary>A failure that says nothing about the backend as a whole.</summary>
    public void Noted(string error) => Change(state => state with { IsUsed = true, LastError = error, LastErrorAt = _time.GetUtcNow() });

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _stopped.Dispose();
    }

    // The exceptions of calls stay out of Polly, which would keep the last one, and with its stack trace the code of an app.
    private void Record(bool isSuccess)
    {
        try
        {
            _pipeline.Execute(static outcome => outcome, isSuccess);
        }
        catch (BrokenCircuitException)
        {
            // Another call has opened the circuit meanwhile: this one's outcome is old.
        }
    }

    private void StartProbing()
    {
        if (_stopped.IsCancellationRequested || Interlocked.Exchange(ref _probing, 1) == 1)
        {
            return;
        }

        _ = Detached.RunAsync(ProbeUntilUpAsync);
    }

    private async Task ProbeUntilUpAsync()
    {
        Turn(BackendCircuit.Open, since: true);
        BackendMetrics.CircuitChanged(_name, isOpen: true);
        try
        {
            for (var pause = FirstPause; !IsClosed; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                // A little more than Polly's own pause, which would else refuse the probe.
                await Task.Delay(pause + TimeSpan.FromMilliseconds(20), _time, _stopped.Token);
                Turn(BackendCircuit.HalfOpen, since: false);
                await ProbeAsync();
                Turn(BackendCircuit.Open, since: false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The process is done with this backend.
        }

        BackendMetrics.CircuitChanged(_name, isOpen: false);
        Turn(BackendCircuit.Closed, since: true);
        Volatile.Write(ref _probing, 0);
        if (!IsClosed)
        {
            StartProbing();
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            await _pipeline.ExecuteAsync(async _ =>
            {
                await _probe();
                return true;
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (e is not BrokenCircuitException)
            {
                Change(state => state with { LastError = BackendsErrors.Describe(e), LastErrorAt = _time.GetUtcNow() });
            }
        }
    }

    private void Turn(BackendCircuit circuit, bool since) =>
        Change(state => state with { Circuit = circuit, Since = since ? _time.GetUtcNow() : state.Since });

    private void Change(Func<BackendState, BackendState> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _state, change(_state));
        }
    }
}
