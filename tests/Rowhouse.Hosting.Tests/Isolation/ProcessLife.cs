namespace Rowhouse.Hosting.Tests.Isolation;

/// <summary>Looks at processes by their number.</summary>
internal static class ProcessLife
{
    public static bool IsGone(int processId)
    {
        try
        {
            // "pid (name) state": one that nobody has waited for is gone, too.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The folder of the sockets that a child listens on.</summary>
    public static string SocketFolderOf(int processId)
    {
        var socket = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0').First(argument => argument.StartsWith("unix:", StringComparison.Ordinal));
        return Path.GetDirectoryName(socket["unix:".Length..])!;
    }
}
