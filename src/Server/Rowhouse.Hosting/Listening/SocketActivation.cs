using System.Globalization;

namespace Rowhouse.Hosting;

/// <summary>The sockets that systemd opened and hands over: descriptors with successive numbers (sd_listen_fds(3)).</summary>
internal sealed record SocketActivation(int First, int Count)
{
    private const int FirstOfSystemd = 3;

    // systemd's own limit is far below; this is a bound for nonsense.
    private const int MaxCount = 1024;

    /// <exception cref="RowhouseException">RH1417: systemd handed nothing over to this process.</exception>
    public static SocketActivation FromEnvironment(Func<string, string?> readVariable, int processId)
    {
        var count = readVariable("LISTEN_FDS");
        var process = readVariable("LISTEN_PID");
        if (string.IsNullOrEmpty(count))
        {
            throw HostingErrors.NoSystemdSockets("the variable LISTEN_FDS is not set");
        }

        // A child inherits the variables but must not take its parent's sockets.
        if (process != processId.ToString(CultureInfo.InvariantCulture))
        {
            throw HostingErrors.NoSystemdSockets($"the variable LISTEN_PID is '{ShownText.Of(process ?? "")}' and this process is {processId}: they are for another process");
        }

        return int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxCount
            ? new SocketActivation(FirstOfSystemd, number)
            : throw HostingErrors.NoSystemdSockets($"the variable LISTEN_FDS is '{ShownText.Of(count)}' where a number from 1 is expected");
    }

    /// <summary>The descriptors. Child processes do not inherit them from here on, or they would keep the ports open.</summary>
    public IEnumerable<ulong> Take()
    {
        for (var descriptor = First; descriptor < First + Count; descriptor++)
        {
            UnixNative.DoNotInherit(descriptor);
            yield return (ulong)descriptor;
        }
    }
}
