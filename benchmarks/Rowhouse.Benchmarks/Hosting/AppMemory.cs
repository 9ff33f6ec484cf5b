using System.Globalization;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>
/// The memory of many apps in one process and in processes of their own. Pages that processes share (the runtime's files) count once,
/// however many processes there are: adding up RSS would count them for each, and so flatter the one process.
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

    public double Ratio => OneProcess / ManyProcesses;

    private double OneProcess => EmptyBytes + (Compared * BytesPerApp);

    private double ManyProcesses => (Compared * AlonePrivateBytes) + AloneSharedBytes;

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{HostingSuite.Megabytes(OneProcess)} / {HostingSuite.Megabytes(ManyProcesses)}, the latter from {Alone} processes at once: private {HostingSuite.Megabytes(AlonePrivateBytes)} each, shared {HostingSuite.Megabytes(AloneSharedBytes)} once; adding up RSS instead: {OneProcess / (Compared * (AlonePrivateBytes + AloneSharedBytes)):0.000}");

    public string DescribeApps() => $"RSS {HostingSuite.Megabytes(HostedBytes)} with {Apps} apps after a request to each, {HostingSuite.Megabytes(EmptyBytes)} with none";
}
