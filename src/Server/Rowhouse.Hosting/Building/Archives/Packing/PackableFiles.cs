namespace Rowhouse.Hosting;

/// <summary>Finds the files of a built app that go into its archive.</summary>
internal static class PackableFiles
{
    /// <summary>The files below <paramref name="folder"/> as paths with forward slashes, in ordinal order.</summary>
    /// <exception cref="RowhouseException">RH1316: there is a link, or a file that cannot have its name on every system.</exception>
    public static IReadOnlyList<string> List(string folder, string archivePath)
    {
        var names = new List<string>();
        Collect(folder, new DirectoryInfo(folder), prefix: "", archivePath, names);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static void Collect(string top, DirectoryInfo folder, string prefix, string archivePath, List<string> names)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var name = prefix + item.Name;
            if (IsLeftOut(name, item, archivePath))
            {
                continue;
            }

            if (item.LinkTarget is not null)
            {
                throw HostingErrors.CannotPack(top, $"'{ArchiveNames.Show(name)}' is a link. Replace it by what it points to.");
            }

            if (item is DirectoryInfo below)
            {
                Collect(top, below, name + "/", archivePath, names);
                continue;
            }

            if (ArchiveNames.FindFault(name) is { } fault)
            {
                throw HostingErrors.CannotPack(top, $"'{ArchiveNames.Show(name)}' {fault}. Rename it.");
            }

            names.Add(name);
        }
    }

    private static bool IsLeftOut(string name, FileSystemInfo item, string archivePath) =>
        ArchiveNames.FindReasonToLeaveOut(name) is not null
        || name == ArchiveManifest.FileName
        || string.Equals(item.FullName, archivePath, StringComparison.Ordinal);
}
