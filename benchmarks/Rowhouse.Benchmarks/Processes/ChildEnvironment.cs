using System.Diagnostics;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>Gives all peers the same environment: defaults, whatever the caller's shell says.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] Prefixes = ["ASPNETCORE_", "DOTNET_", "COMPlus_", "MSBUILD", "Logging__"];
    private static readonly string[] Kept = ["DOTNET_ROOT", "DOTNET_CLI_HOME", "DOTNET_HOST_PATH"];

    public static void Clean(ProcessStartInfo start)
    {
        var names = start.Environment.Keys
            .Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && !Kept.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToList();
        foreach (var name in names)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // Else every `dotnet build` leaves a compiler process behind, which takes memory and time from the measurements.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
    }
}
