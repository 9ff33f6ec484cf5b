using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>The load generator.</summary>
internal sealed partial class Wrk : IDisposable
{
    private readonly Process _process;

    private Wrk(Process process)
    {
        _process = process;
    }

    /// <summary>Loads a page for a while over keep-alive connections.</summary>
    /// <param name="page">The page.</param>
    /// <param name="connections">How many there are.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="script">A file in Lua that makes the requests; null if all are the same.</param>
    public static async Task<WrkResult> RunAsync(Uri page, int connections, int seconds, CancellationToken cancellationToken, string? script = null)
    {
        using var wrk = Start(page, connections, seconds, script is null ? [] : ["-s", script]);
        return Read(await Tool.FinishAsync(wrk._process, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Begins to load a page, until <see cref="StopAsync"/>.</summary>
    public static Wrk Start(Uri page, int connections) => Start(page, connections, seconds: 3600);

    /// <summary>Ends the load; on an interrupt wrk tells what it has seen so far.</summary>
    public Task<WrkResult> StopAsync(CancellationToken cancellationToken)
    {
        UnixSignal.Send(_process.Id, UnixSignal.Interrupt);
        return FinishAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static Wrk Start(Uri page, int connections, int seconds, params IEnumerable<string> more) =>
        new(Tool.Start("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", .. more, page.AbsoluteUri], Path.GetTempPath()));

    private static WrkResult Read(string output)
    {
        var rate = Rate().Match(output);
        if (!rate.Success)
        {
            throw new InvalidOperationException($"wrk printed no rate:\n{output}");
        }

        var errors = SocketErrors().Match(output);
        var failed = (errors.Success ? errors.Groups.Values.Skip(1).Sum(group => Number(group.Value)) : 0)
            + (OtherStatus().Match(output) is { Success: true } other ? Number(other.Groups[1].Value) : 0);
        return new WrkResult(double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), Number(Requests().Match(output).Groups[1].Value), failed);
    }

    private async Task<WrkResult> FinishAsync(CancellationToken cancellationToken) => Read(await Tool.FinishAsync(_process, cancellationToken).ConfigureAwait(false));

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex OtherStatus();
}
