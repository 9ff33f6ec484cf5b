using System.Globalization;
using System.Text.RegularExpressions;
using Rowhouse.Backends;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Connects to every backend that is named, and looks at its version and its clock.</summary>
internal sealed partial class BackendsCheck : IDoctorCheck
{
    // Leases and expiry are reckoned in seconds; NTP keeps machines within milliseconds.
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // docs/reference/doctor.md shows this table.
    private static readonly (string Scheme, string Name, Version Least)[] Oldest =
    [
        ("postgres", "PostgreSQL", new(12, 0)),
        ("mysql", "MySQL", new(8, 0)),
        ("mysql", "MariaDB", new(10, 5)),
        ("mssql", "SQL Server", new(14, 0)),
        ("redis", "Redis", new(6, 0)),
        ("rediss", "Redis", new(6, 0)),
        ("memcached", "memcached", new(1, 6, 10)),
    ];

    public string Name => "backends";

    public async ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        var registry = new BackendRegistry();
        try
        {
            var findings = await Task.WhenAll(context.Backends
                .Where(backend => backend.Uri.Scheme is not ("memory" or "cookie"))
                .Select(backend => AskAsync(registry.In(backend.DataFolder), backend, cancellationToken)));
            return findings.SelectMany(found => found);
        }
        finally
        {
            await registry.CloseAsync();
        }
    }

    /// <summary>What is wrong with what a backend answered; nothing if all is well.</summary>
    internal static IEnumerable<Finding> Judge(ExaminedBackend backend, BackendCheck check)
    {
        if (FindOldest(backend.Uri.Scheme, check.Version) is { } oldest)
        {
            yield return Finding.Error(
                $"{backend.Uri} ({backend.NamedBy}) is {oldest.Name} {check.Version}",
                $"Rowhouse needs {oldest.Name} {oldest.Least} or newer",
                $"update {oldest.Name}");
        }

        if (check.ClockAhead is { } ahead && ahead.Duration() - check.Latency > MaxClockDifference)
        {
            yield return Finding.Warning(
                string.Create(CultureInfo.InvariantCulture, $"the clock of {backend.Uri} is {ahead.Duration().TotalSeconds:0.0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine's"),
                "leases, expiry and schedules are reckoned by both clocks",
                "let NTP set the clocks of both (timedatectl set-ntp true)");
        }
    }

    private static async Task<IReadOnlyList<Finding>> AskAsync(BackendRegistry registry, ExaminedBackend backend, CancellationToken cancellationToken)
    {
        if (IsNotMadeYet(backend))
        {
            return [Finding.Ok($"{backend.Uri} ({backend.NamedBy}) is made when it is first used")];
        }

        try
        {
            var check = await registry.Get(backend.Uri).CheckAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
            var faults = Judge(backend, check).ToList();
            return faults.Count > 0 ? faults : [Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{backend.Uri} ({backend.NamedBy}) answers in {check.Latency.TotalMilliseconds:0} ms{(check.Version is null ? "" : $", version {check.Version}")}"))];
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A server that refuses (a wrong password, no such database) is as much of use as one that is down.
            return
            [
                Finding.Error(
                    $"{backend.Uri} ({backend.NamedBy}): {Describe(e)}",
                    "what is kept there cannot be read or written",
                    "start the server, or mend the URI; look at user, password, database, firewall and TLS"),
            ];
        }
    }

    // Looking must not make it: by another user than the server's it would be of no use to the server.
    private static bool IsNotMadeYet(ExaminedBackend backend) => backend.Uri.Scheme switch
    {
        "file" => !Directory.Exists(backend.FullPath),
        "sqlite" => !File.Exists(backend.FullPath),
        _ => false,
    };

    private static string Describe(Exception exception) => exception switch
    {
        RowhouseException known => $"{known.Code}: {known.Message}",
        TimeoutException or OperationCanceledException => $"no answer within {Limit.TotalSeconds} s",
        _ => exception.Message.ReplaceLineEndings(" "),
    };

    private static (string Scheme, string Name, Version Least)? FindOldest(string scheme, string? text)
    {
        if (text is null || !Version.TryParse(Number().Match(text).Value, out var version))
        {
            return null;
        }

        var rules = Oldest.Where(rule => rule.Scheme == scheme && (scheme != "mysql" || (rule.Name == "MariaDB") == text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)));
        return rules.FirstOrDefault(rule => version < rule.Least) is { Name: not null } oldest ? oldest : null;
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
