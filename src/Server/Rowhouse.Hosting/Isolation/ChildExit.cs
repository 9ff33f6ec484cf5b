using System.Globalization;

namespace Rowhouse.Hosting.Isolation;

/// <summary>Puts the end of a process into words.</summary>
internal static class ChildExit
{
    // A process that a signal has ended is reported with 128 and the signal's number, as shells do.
    private const int FirstSignal = 128;
    private const int Abort = 6;

    public static string Describe(int exitCode)
    {
        var signal = exitCode - FirstSignal;
        return signal switch
        {
            Abort => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode} (SIGABRT: FailFast or stack overflow)"),
            > 0 and < 65 => string.Create(CultureInfo.InvariantCulture, $"killed by signal {signal}{NameOf(signal)}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
        };
    }

    private static string NameOf(int signal) => signal switch
    {
        4 => " (SIGILL)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL: by somebody, or by the system for want of memory)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
