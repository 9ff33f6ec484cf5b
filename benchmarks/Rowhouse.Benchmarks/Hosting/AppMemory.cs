namespace Rowhouse.Benchmarks.Hosting;

/// <summary>
/// The memory of many apps in one process and in processes of their own. RSS is what tools show, and what each process is charged where
/// nothing is shared: in containers of their own images, on machines of their own. On one machine the pages of the runtime's files are in
/// memory once for all processes, so the second ratio counts them once.
/// </summary>
/// <param name="Apps">The apps in the one process.</param>
/// <param name="EmptyBytes">RSS of the server without apps.</param>
/// <param name="HostedBytes">RSS of the server with them.</param>
/// <param name="Alone">The processes that were measured.</param>
/// <param name="AlonePrivateBytes">Private memory of one of these, on the average.</param>
/// <param name="AloneSharedBytes">What one of these shares with the others, on the average.</param>
internal sealed record AppMemory(int Apps, long EmptyBytes, long HostedBytes, int Alone, double AlonePrivateBytes, double AloneSharedBytes)
{
    private const int Compared = 100;

    public double BytesPerApp => (double)(HostedBytes - EmptyBytes) / Apps;

    public double MegabytesPerApp => BytesPerApp / (1 << 20);

    public double ResidentRatio => OneProcess / ManyResident;

    public double SharedOnceRatio => OneProcess / ManySharedOnce;

    private double OneProcess => EmptyBytes + (Compared * BytesPerApp);

    private double ManyResident => Compared * (AlonePrivateBytes + AloneSharedBytes);

    private double ManySharedOnce => (Compared * AlonePrivateBytes) + AloneSharedBytes;

    public string DescribeResident() =>
        $"{HostingSuite.Megabytes(OneProcess)} / {HostingSuite.Megabytes(ManyResident)}, from {Apps} apps in one process and {Alone} processes of {HostingSuite.Megabytes(AlonePrivateBytes + AloneSharedBytes)}";

    public string DescribeSharedOnce() =>
        $"{HostingSuite.Megabytes(OneProcess)} / {HostingSuite.Megabytes(ManySharedOnce)}: {HostingSuite.Megabytes(AlonePrivateBytes)} private in each process, {HostingSuite.Megabytes(AloneSharedBytes)} shared by all";

    public string DescribeApps() => $"RSS {HostingSuite.Megabytes(HostedBytes)} with {Apps} apps after a request to each, {HostingSuite.Megabytes(EmptyBytes)} with none";
}
