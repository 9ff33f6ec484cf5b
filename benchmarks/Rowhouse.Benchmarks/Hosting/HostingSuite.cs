using System.Globalization;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>The figures of hosting: the price of sharing one process, and of a reload.</summary>
internal sealed class HostingSuite : ISuite
{
    public string Name => "hosting";

    public IReadOnlyList<Row> CreateRows()
    {
        var routing = new SharedMeasurement<RoutingCost>(RoutingMeasurement.RunAsync);
        var saves = new SharedMeasurement<SaveTimes>(SaveMeasurement.RunAsync);
        var reloads = new SharedMeasurement<ReloadGrowth>(ReloadMeasurement.RunAsync);
        var memory = new SharedMeasurement<AppMemory>(MemoryMeasurement.RunAsync);
        return
        [
            new("MVC action + view: hosted / alone on Kestrel", "", Bound.AtLeast(0.97), ThroughputMeasurement.RunAsync),
            new("routing per request, from listener to the first middleware", "µs", Bound.AtMost(1), routing.Take(cost => new(cost.Microseconds, cost.Detail))),
            new("routing per request: allocated", "bytes", Bound.AtMost(0), routing.Take(cost => new(cost.Bytes, ""))),
            new("save of a view → first response from it, p50", "ms", Bound.AtMost(250), saves.Take(times => times.View)),
            new("save of C# → first response from it, p50", "ms", Bound.AtMost(500), saves.Take(times => times.Code)),
            new("requests failed in reloads under load", "", Bound.AtMost(0), LoadedReloadMeasurement.RunAsync),
            new("instances alive after reloads of MVC + EF Core", "", Bound.AtMost(2), reloads.Take(growth => new(growth.AliveInstances, growth.Describe()))),
            new("growth of the working set over two thirds of the reloads", "%", Bound.AtMost(10), reloads.Take(growth => new(growth.WorkingSetPercent, growth.DescribeWorkingSet()))) { IsJudgedWhenQuick = false },
            new("growth of the GC heap over two thirds of the reloads", "%", Bound.AtMost(10), reloads.Take(growth => new(growth.HeapPercent, growth.DescribeHeap()))) { IsJudgedWhenQuick = false },
            new("start of the server → first response, the welcome app", "s", Bound.AtMost(1), StartMeasurement.WelcomeAsync),
            new("start of the server → first response, a small MVC app", "s", Bound.AtMost(1), StartMeasurement.SmallAppAsync),
            new("memory of 100 small MVC apps in one process / in 100", "", Bound.AtMost(0.1), memory.Take(found => new(found.Ratio, found.Describe()))),
            new("memory of each of them", "MB", Bound.AtMost(6), memory.Take(found => new(found.MegabytesPerApp, found.DescribeApps()))),
        ];
    }

    /// <summary>Bytes as MB, of 2^20 bytes.</summary>
    public static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0.0} MB");
}
