using Welcome.Models;

namespace Welcome.Services;

/// <summary>The documentation beside <c>applications/</c>, if this server runs from a checkout.</summary>
public sealed class DocsFolder
{
    private const int MaxPages = 40;

    // What one does comes before what one looks up, and both before how it all came about. Other folders come last.
    private static readonly string[] FirstFolders = ["learn", "how-to", "reference", ""];

    private readonly string _folder;

    public DocsFolder(string contentRoot)
    {
        _folder = Path.GetFullPath(Path.Combine(contentRoot, "..", "..", "docs"));
    }

    public IReadOnlyList<DocsPage> List()
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(_folder, "*.md", options)
            .Select(file => new DocsPage(Path.GetRelativePath(_folder, file).Replace('\\', '/'), ReadTitle(file), file))
            .OrderBy(page => page.Path != "README.md")
            .ThenBy(page => Rank(page.Path))
            .ThenBy(page => page.Path, StringComparer.Ordinal)
            .Take(MaxPages)
            .ToList();
    }

    /// <summary>The page at <paramref name="path"/>, or null: only what the list holds can be asked for.</summary>
    public DocsPage? Find(string path) => List().FirstOrDefault(page => page.Path == path);

    private static int Rank(string path) =>
        path.LastIndexOf('/') is var end && Array.IndexOf(FirstFolders, end < 0 ? "" : path[..end]) is >= 0 and var rank ? rank : FirstFolders.Length;

    private static string ReadTitle(string file)
    {
        var heading = File.ReadLines(file).Take(5).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal));
        return heading is null ? Path.GetFileNameWithoutExtension(file) : heading[2..].Trim();
    }
}
