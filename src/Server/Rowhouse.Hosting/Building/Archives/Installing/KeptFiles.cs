namespace Rowhouse.Hosting;

/// <summary>What of an installed app belongs to the server's owner and outlives a new version: <c>private/</c> and <c>DISABLED</c>.</summary>
internal static class KeptFiles
{
    /// <summary>Copies them with their permissions; a link stays the link that it is.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var item in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(IsKept))
        {
            Copy(item, Path.Combine(to, item.Name));
        }
    }

    private static bool IsKept(FileSystemInfo item) => item.Name is "private" or AppFolder.DisabledFile;

    private static void Copy(FileSystemInfo item, string to)
    {
        if (item.LinkTarget is { } target)
        {
            _ = item is DirectoryInfo ? Directory.CreateSymbolicLink(to, target) : File.CreateSymbolicLink(to, target);
            return;
        }

        if (item is not DirectoryInfo folder)
        {
            File.Copy(item.FullName, to);
            return;
        }

        CreateFolder(to, folder);
        foreach (var below in folder.EnumerateFileSystemInfos())
        {
            Copy(below, Path.Combine(to, below.Name));
        }
    }

    private static void CreateFolder(string path, DirectoryInfo like)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, like.UnixFileMode | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
