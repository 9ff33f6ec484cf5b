namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>The file handles of this process.</summary>
internal static class OpenFiles
{
    public static (int All, int Watchers) Count()
    {
        var names = Names();
        return (names.Count, names.Count(name => name.Contains("inotify", StringComparison.Ordinal)));
    }

    public static IReadOnlyList<string> Names() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(handle => handle.LinkTarget).OfType<string>().Where(name => !name.StartsWith("socket:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
