using Welcome.Models;

namespace Welcome.Services;

/// <summary>The documentation beside <c>applications/</c>, if this server runs from a checkout.</summary>
public sealed class DocsFolder
{
    private const int MaxPages = 40;

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
            .OrderBy(page => page.Path.Count(character => character == '/'))
            .ThenBy(page => page.Path, StringComparer.Ordinal)
            .Take(MaxPages)
            .ToList();
    }

    /// <summary>The page at <paramref name="path"/>, or null: only what the list holds can be asked for.</summary>
    public DocsPage? Find(string path) => List().FirstOrDefault(page => page.Path == path);

    private static string ReadTitle(string file)
    {
        var heading = File.ReadLines(file).Take(5).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal));
        return heading is null ? Path.GetFileNameWithoutExtension(file) : heading[2..].Trim();
    }
}
