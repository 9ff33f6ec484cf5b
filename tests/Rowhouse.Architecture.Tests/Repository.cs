namespace Rowhouse.Architecture.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    private static readonly string[] OutputFolders = ["bin", "obj", "artifacts", "node_modules", "data"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every project below <c>src/</c>.</summary>
    public static IReadOnlyList<ProjectFile> SourceProjects { get; } =
        [.. Files("src", "*.csproj").Where(path => !IsTemplate(path)).Select(path => ProjectFile.Read(Root, path))];

    /// <summary>Files below <paramref name="folder"/> as paths from the root with forward slashes; what builds write is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var start = new DirectoryInfo(Path.Combine(Root, folder));
        return start.Exists ? Walk(start, pattern).Order(StringComparer.Ordinal) : [];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Whether a file is material for apps that <c>rowhouse new</c> makes: it lives outside of this solution.</summary>
    public static bool IsTemplate(string path) => path.Contains("/Templates/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fails with one breach per line.</summary>
    public static void MustBeEmpty(IEnumerable<string> breaches)
    {
        var all = breaches.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder, string pattern)
    {
        var files = folder.EnumerateFiles(pattern).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        var below = folder.EnumerateDirectories()
            .Where(sub => !sub.Name.StartsWith('.') && !OutputFolders.Contains(sub.Name, StringComparer.Ordinal) && sub.LinkTarget is null);

        return files.Concat(below.SelectMany(sub => Walk(sub, pattern)));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Rowhouse.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Rowhouse.slnx at or above '{AppContext.BaseDirectory}'; these tests read the checkout they were built in.");
    }
}
