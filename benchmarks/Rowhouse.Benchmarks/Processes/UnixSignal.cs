using System.Runtime.InteropServices;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>Signals, by the numbers of POSIX.</summary>
internal static partial class UnixSignal
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => _ = kill(processId, signal);

#pragma warning disable SYSLIB1054, IDE1006 // the C library's own name
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int sig);
#pragma warning restore SYSLIB1054, IDE1006
}
