namespace Rowhouse.Hosting.Building;

/// <summary>Copies a folder's files; links are not followed.</summary>
internal static class FolderCopy
{
    public static void Copy(string source, string target, Func<string, bool> isWanted)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(source, "*", options))
        {
            var relative = Path.GetRelativePath(source, file);
            if (!isWanted(relative.Replace('\\', '/')))
            {
                continue;
            }

            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
