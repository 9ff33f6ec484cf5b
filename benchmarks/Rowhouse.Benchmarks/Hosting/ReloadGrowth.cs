using System.Globalization;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>What reloads leave behind: after a third of them, when all caches are filled, and at the end.</summary>
internal sealed record ReloadGrowth(ReloadSample Early, ReloadSample Late)
{
    public int AliveInstances => Late.AliveInstances;

    public double WorkingSetPercent => Percent(Early.WorkingSetBytes, Late.WorkingSetBytes);

    public double HeapPercent => Percent(Early.HeapBytes, Late.HeapBytes);

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"after {Late.Reloads} reloads with queries; after {Early.Reloads}: {Early.AliveInstances}");

    public string DescribeWorkingSet() => Describe(Early.WorkingSetBytes, Late.WorkingSetBytes);

    public string DescribeHeap() => Describe(Early.HeapBytes, Late.HeapBytes);

    private string Describe(long early, long late) => $"{HostingSuite.Megabytes(early)} after {Early.Reloads} reloads, {HostingSuite.Megabytes(late)} after {Late.Reloads}";

    private static double Percent(long early, long late) => 100.0 * (late - early) / early;
}
