using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>Reloads an app with MVC and EF Core again and again, in a process of its own that holds the server and looks at itself.</summary>
internal static class ReloadMeasurement
{
    public static async Task<ReloadGrowth> RunAsync(BenchmarkRun run)
    {
        var root = new HostingRoot(run, "reloads");
        root.Add(DatabaseApp.Name, await PublishedApp.MakeAsync(run, DatabaseApp.Name, DatabaseApp.Create()).ConfigureAwait(false));
        var reloads = run.Choose(full: 300, quick: 15);
        var self = typeof(ReloadMeasurement).Assembly.Location;
        using var probe = Tool.Start("dotnet", [self, ReloadProbe.Command, root.Folder, reloads.ToString(CultureInfo.InvariantCulture)], run.Folder);
        try
        {
            var output = await Tool.FinishAsync(probe, run.CancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<ReloadGrowth>(output) ?? throw new InvalidOperationException("The probe printed nothing.");
        }
        finally
        {
            Kill(probe);
        }
    }

    private static void Kill(Process probe)
    {
        if (!probe.HasExited)
        {
            probe.Kill(entireProcessTree: true);
        }
    }
}
