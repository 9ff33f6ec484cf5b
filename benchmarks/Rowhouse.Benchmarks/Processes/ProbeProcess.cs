using System.Diagnostics;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>This program, run once more for a part of a measurement; they talk in lines. The probe ends when its input does.</summary>
internal sealed class ProbeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ProbeProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static ProbeProcess Start(string command)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ProbeProcess).Assembly.Location, command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChildEnvironment.Clean(start);

        // Many of them run at once: a heap per core for each is not what is measured.
        start.Environment["DOTNET_gcServer"] = "0";
        return new ProbeProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it prints.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="patience">How long to wait for it. The default is two minutes.</param>
    /// <exception cref="InvalidOperationException">It has ended, or says nothing for that long.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var longest = patience ?? Limit;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"A probe ended: {await _errors.ConfigureAwait(false)}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"A probe said nothing for {longest.TotalMinutes} minutes.", e);
        }
    }

    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>As kill -9.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
