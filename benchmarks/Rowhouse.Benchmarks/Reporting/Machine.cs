using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>What the figures depend on.</summary>
internal static class Machine
{
    /// <summary>A warning if others use the machine too; null if it is at rest.</summary>
    public static string? FindDisturbance()
    {
        const string Loads = "/proc/loadavg";
        if (!File.Exists(Loads))
        {
            return null;
        }

        var load = double.Parse(File.ReadAllText(Loads).Split(' ')[0], CultureInfo.InvariantCulture);
        return load > Environment.ProcessorCount / 2.0
            ? string.Create(CultureInfo.InvariantCulture, $"The machine was busy before the run (load {load:0.0} on {Environment.ProcessorCount} cores): times say little.")
            : null;
    }

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC.");
}
