using System.Globalization;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Each connection is an open file, and many systems start with 1024.</summary>
internal sealed class OpenFilesCheck : IDoctorCheck
{
    // A thousand visitors with a connection each to server, proxy and backends, and room for files.
    private const long Least = 8192;

    public string Name => "open-files";

    public async ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        var limits = context.Server is { } server ? $"/proc/{server.ProcessId}/limits" : "/proc/self/limits";
        if (!File.Exists(limits))
        {
            return [];
        }

        var whose = context.Server is null ? "this shell" : "the running server";
        var soft = ReadSoftLimit(await File.ReadAllLinesAsync(limits, cancellationToken));
        if (soft is null or >= Least)
        {
            return [Finding.Ok($"{whose} may open {soft?.ToString(CultureInfo.InvariantCulture) ?? "any number of"} files")];
        }

        return
        [
            Finding.Warning(
                $"{whose} may open {soft} files",
                $"each connection needs one or two; at the limit, new visitors are refused. Expected are at least {Least}",
                "set LimitNOFILE=65536 in the systemd unit, or 'ulimit -n 65536' before the start"),
        ];
    }

    // "Max open files            1024                 1048576              files"; "unlimited" is null.
    private static long? ReadSoftLimit(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) ?? "";
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
