namespace Rowhouse.Hosting;

/// <summary>Which files of a source app are compiled.</summary>
internal static class SourceFiles
{
    private static readonly string[] Extensions = [".cs", ".cshtml", ".razor"];

    // Never compiled: build output, served files, secrets, and what tools put there.
    private static readonly string[] LeftOutAtTop = ["bin", "obj", "wwwroot", "private", "node_modules"];

    public static bool IsSource(string path) =>
        Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the folder or file <paramref name="topName"/> directly in an app's folder is left out of builds.</summary>
    public static bool IsLeftOutAtTop(string topName) =>
        topName.StartsWith('.') || LeftOutAtTop.Contains(topName, StringComparer.OrdinalIgnoreCase);

    /// <summary>The sources below <paramref name="folder"/>, as full paths in ordinal order. Links are not followed.</summary>
    public static IEnumerable<string> Enumerate(string folder)
    {
        var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        var here = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden };
        return Directory.EnumerateDirectories(folder, "*", here)
            .Where(sub => !IsLeftOutAtTop(Path.GetFileName(sub)) && !File.GetAttributes(sub).HasFlag(FileAttributes.ReparsePoint))
            .SelectMany(sub => Directory.EnumerateFiles(sub, "*", below))
            .Concat(Directory.EnumerateFiles(folder, "*", here))
            .Where(IsSource)
            .Order(StringComparer.Ordinal);
    }
}
