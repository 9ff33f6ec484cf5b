using System.Diagnostics;
using System.Globalization;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>One of the processes that want a lock.</summary>
internal sealed class LockContender : IAsyncDisposable
{
    private readonly ProbeProcess _probe;
    private readonly CancellationToken _cancellationToken;
    private Task<string>? _lost;

    private LockContender(ProbeProcess probe, CancellationToken cancellationToken)
    {
        _probe = probe;
        _cancellationToken = cancellationToken;
        Has = Task.FromException<LockHolding>(new InvalidOperationException("It does not wait yet."));
    }

    /// <summary>It has the lock.</summary>
    public Task<LockHolding> Has { get; private set; }

    /// <summary>Starts a process; it waits for the lock afterwards.</summary>
    public static async Task<LockContender> StartAsync(ConnectionUri uri, CancellationToken cancellationToken)
    {
        var contender = new LockContender(ProbeProcess.Start(LockProbe.Command), cancellationToken);
        await contender._probe.TellAsync(uri.ToSecretString()).ConfigureAwait(false);
        var line = await contender._probe.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        contender.Has = line == LockProbe.Waits ? contender.WaitAsync() : throw new InvalidOperationException($"A probe said '{line}'.");
        return contender;
    }

    /// <summary>Kills the holder and tells how long it has held the lock.</summary>
    public async Task<LockHolding> KillAsync()
    {
        if (_lost is { IsCompleted: true })
        {
            throw new InvalidOperationException($"A living holder lost its lock: {await _lost.ConfigureAwait(false)}");
        }

        var holding = await Has.ConfigureAwait(false) with { Until = Stopwatch.GetTimestamp() };
        _probe.Kill();
        return holding;
    }

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(Has, _lost ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<LockHolding> WaitAsync()
    {
        var words = (await _probe.ReadLineAsync(_cancellationToken).ConfigureAwait(false)).Split(' ');
        _lost = _probe.ReadLineAsync(_cancellationToken);
        return new LockHolding(long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
