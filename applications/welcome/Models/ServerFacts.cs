using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Welcome.Models;

/// <summary>What runs here.</summary>
/// <param name="Facts">Name and value of each, in the order to show them.</param>
public sealed record ServerFacts(IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    public static ServerFacts Read(string environment) => new(
    [
        new("Rowhouse", FindRowhouseVersion() ?? "none: runs alone"),
        new(".NET", Environment.Version.ToString()),
        new("Environment", environment),
        new("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"),
        new("Up for", FormatUptime()),
        new("Memory", ByteSize.Format(Environment.WorkingSet)),
    ]);

    private static string? FindRowhouseVersion() => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly => assembly.GetName().Name == "Rowhouse.Hosting")?
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
        .InformationalVersion.Split('+')[0];

    private static string FormatUptime()
    {
        using var process = Process.GetCurrentProcess();
        var uptime = TimeProvider.System.GetUtcNow() - new DateTimeOffset(process.StartTime);
        return uptime switch
        {
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Seconds} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Minutes} min"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Hours} h {uptime.Minutes} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{uptime.Days} d {uptime.Hours} h"),
        };
    }
}
