using System.Diagnostics.CodeAnalysis;

namespace Rowhouse.Backends;

/// <summary>
/// A place that keeps data, shared by everybody in the process who names the same URI. Nothing is opened before the first call. If it is down, a
/// call costs at most its time-out; after that calls fail at once, until a probe in the background is answered.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever has it shares it; only the registry closes it (ShutAsync).")]
public abstract class Backend
{
    // Drivers cancel by opening one more connection, and some block a thread meanwhile: two at once, whatever the load.
    private readonly SemaphoreSlim _cancelling = new(2);
    private readonly Circuit _circuit;

    private protected Backend(BackendSetup setup, TimeSpan timeout)
    {
        Uri = setup.Uri;
        Time = setup.Time;
        Name = setup.Name;
        Timeout = timeout;
        _circuit = new Circuit(Name, timeout, () => ProbeWithinAsync(default), Time);
    }

    /// <summary>The URI that names it. Its ToString holds no password.</summary>
    public ConnectionUri Uri { get; }

    /// <summary>Scheme, hosts and path: fit for logs and metrics.</summary>
    public string Name { get; }

    /// <summary>The longest time that a call takes unless it says otherwise: <c>command-timeout</c> of the URI.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>How it is, as far as calls have shown. Reading this asks the backend nothing.</summary>
    public BackendState State => _circuit.State;

    private protected TimeProvider Time { get; }

    /// <summary>Makes a call with a limit of time, and keeps it from being made if the backend is known to be down.</summary>
    /// <param name="call">The call. Its token is cancelled when the time is up; the caller does not wait for what it does then.</param>
    /// <param name="limit">The longest time it may take, connecting included. Null means <see cref="Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the waiting. It says nothing about the backend and is no failure.</param>
    /// <exception cref="BackendUnavailableException">RH4002: known to be down; RH4003: no answer in time; RH4004: cannot be reached.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ThrowIfOpen();
        var allowed = limit ?? Timeout;
        var started = Time.GetTimestamp();
        var cancellation = new CancellationTokenSource();
        var task = RunAsync(call, cancellation.Token);
        try
        {
            var result = await task.WaitAsync(allowed, Time, cancellationToken);
            Succeeded(started, "ok");
            return result;
        }
        catch (Exception e) when (!task.IsFaulted)
        {
            // It may have ended since; then what it brought is closed all the same.
            _ = AbandonAsync(task, cancellation);
            cancellation = null;
            throw e is TimeoutException ? Failed(started, BackendsErrors.TimedOut(Name, allowed), "timeout") : e;
        }
        catch (Exception e) when (e is not (BackendUnavailableException or OperationCanceledException))
        {
            if (FindPartOutage(e) is { } part)
            {
                _circuit.Noted(part.Message);
                BackendMetrics.Called(Name, "unavailable", Time.GetElapsedTime(started));
                throw part;
            }

            if (IsOutage(e))
            {
                throw Failed(started, BackendsErrors.Unreachable(Name, e), "unavailable");
            }

            // It answered, if only to say no.
            Succeeded(started, "error");
            throw;
        }
        finally
        {
            cancellation?.Dispose();
        }
    }

    /// <inheritdoc cref="CallAsync{T}(Func{CancellationToken, Task{T}}, TimeSpan?, CancellationToken)" />
    public Task CallAsync(Func<CancellationToken, Task> call, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallAsync(
            async token =>
            {
                await call(token);
                return true;
            },
            limit,
            cancellationToken);
    }

    /// <summary>Asks the backend how it is, within its <c>timeout</c>.</summary>
    /// <exception cref="BackendUnavailableException">It does not answer, or is known to be down.</exception>
    public async Task<BackendCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        var started = Time.GetTimestamp();
        var probe = await CallAsync(ProbeAsync, ProbeLimit, cancellationToken);
        var latency = Time.GetElapsedTime(started);
        return new BackendCheck { Latency = latency, Version = probe.Version, ClockAhead = probe.Clock - (Time.GetUtcNow() - (latency / 2)) };
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Closes what is open. Only the registry does so: others may use the same backend.</summary>
    internal async Task ShutAsync()
    {
        await _circuit.DisposeAsync();
        await CloseAsync();
    }

    /// <summary>A call for interfaces that are synchronous. The driver's own time-outs are its limit.</summary>
    internal T Call<T>(Func<T> call)
    {
        ThrowIfOpen();
        var started = Time.GetTimestamp();
        try
        {
            var result = call();
            Succeeded(started, "ok");
            return result;
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw Failed(started, BackendsErrors.Unreachable(Name, e), "unavailable");
        }
    }

    /// <summary>The longest time that a probe may take.</summary>
    private protected virtual TimeSpan ProbeLimit => Timeout;

    /// <summary>Runs a call; a kind whose calls block a thread takes them elsewhere.</summary>
    private protected virtual async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => await call(cancellationToken);

    /// <summary>Asks something small that shows that the backend works.</summary>
    private protected abstract Task<BackendProbe> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Whether an exception means that the backend does not work, and not that it refused a call.</summary>
    private protected virtual bool IsOutage(Exception exception) => exception is TimeoutException;

    /// <summary>What a caller is told if a part of the backend is down and the rest goes on, which leaves the circuit as it is; null if that is not so.</summary>
    private protected virtual BackendUnavailableException? FindPartOutage(Exception exception) => null;

    private protected abstract ValueTask CloseAsync();

    private void ThrowIfOpen()
    {
        if (!_circuit.IsClosed)
        {
            BackendMetrics.CallRefused(Name);
            throw BackendsErrors.CircuitOpen(Name, State);
        }
    }

    private void Succeeded(long started, string outcome)
    {
        var elapsed = Time.GetElapsedTime(started);
        _circuit.Succeeded(elapsed);
        BackendMetrics.Called(Name, outcome, elapsed);
    }

    private BackendUnavailableException Failed(long started, BackendUnavailableException error, string outcome)
    {
        var elapsed = Time.GetElapsedTime(started);
        _circuit.Failed(elapsed, error.InnerException is { } cause ? BackendsErrors.Describe(cause) : error.Message);
        BackendMetrics.Called(Name, outcome, elapsed);
        return error;
    }

    private async Task ProbeWithinAsync(CancellationToken cancellationToken)
    {
        var cancellation = new CancellationTokenSource();
        var task = RunAsync(ProbeAsync, cancellation.Token);
        try
        {
            await task.WaitAsync(ProbeLimit, Time, cancellationToken);
        }
        finally
        {
            _ = AbandonAsync(task, cancellation);
        }
    }

    // Nobody waits for this call any more. What it still brings is closed.
    private async Task AbandonAsync<T>(Task<T> task, CancellationTokenSource cancellation)
    {
        try
        {
            if (!task.IsCompleted)
            {
                await _cancelling.WaitAsync();
                try
                {
                    await cancellation.CancelAsync();
                }
                finally
                {
                    _cancelling.Release();
                }
            }

            if (await task is IAsyncDisposable late)
            {
                await late.DisposeAsync();
            }
        }
        catch (Exception)
        {
            // It failed after its time; that it did not answer in time is known.
        }
        finally
        {
            cancellation.Dispose();
        }
    }
}
