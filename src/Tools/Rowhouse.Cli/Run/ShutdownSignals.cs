using System.Runtime.InteropServices;

namespace Rowhouse.Cli;

/// <summary>Ctrl+C and SIGTERM: the first asks the server to stop, the second ends it at once.</summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public ShutdownSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Completed by the second signal.</summary>
    public Task Second => _second.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _first.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _first.Cancel();
        }
        else
        {
            _second.TrySetResult();
        }
    }
}
