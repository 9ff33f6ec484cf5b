using System.Globalization;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>The memory of a process.</summary>
/// <param name="ResidentBytes">All its pages in memory.</param>
/// <param name="PrivateBytes">Those that no other process maps at this moment.</param>
internal readonly record struct ProcessMemory(long ResidentBytes, long PrivateBytes)
{
    /// <summary>Pages of files that several processes map, the runtime's above all: in memory once, however many processes there are.</summary>
    public long SharedBytes => ResidentBytes - PrivateBytes;

    public static ProcessMemory Of(int processId)
    {
        var sizes = File.ReadLines($"/proc/{processId}/smaps_rollup")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "kB"])
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture) * 1024, StringComparer.Ordinal);
        return new ProcessMemory(sizes["Rss:"], sizes["Private_Clean:"] + sizes["Private_Dirty:"]);
    }
}
