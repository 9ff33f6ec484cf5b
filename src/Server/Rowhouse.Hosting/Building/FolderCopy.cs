namespace Rowhouse.Hosting.Building;

/// <summary>Copies a folder's files; links are not followed.</summary>
internal static class FolderCopy
{
    // Links to folders above would lead round in circles, each one more doubling the way.
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The files below <paramref name="folder"/>, as full paths, but for links.</summary>
    public static IEnumerable<string> Enumerate(string folder) => Directory.EnumerateFiles(folder, "*", WithoutLinks);

    public static void Copy(string source, string target, Func<string, bool> isWanted)
    {
        foreach (var file in Enumerate(source))
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
