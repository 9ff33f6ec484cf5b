using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Rowhouse.Hosting.Building.Projects;

/// <summary>The files that decide what a project builds to: its own folder, those of the projects it references, and shared build files above.</summary>
internal static class ProjectInputs
{
    // Larger files (images, fonts) are told apart by length and time: reading them at every start would cost more than a needless build.
    private const int MaxHashedBytes = 1024 * 1024;

    private static readonly string[] SharedFiles =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.Config", "NuGet.config"];

    private static readonly string[] LeftOut = ["bin", "obj", "node_modules", "private"];

    /// <summary>Whether a file of the project (relative, forward slashes) is one of them.</summary>
    public static bool IsInput(string relativePath)
    {
        var parts = relativePath.Split('/');
        return !parts.Any(part => part.StartsWith('.')) && !parts.SkipLast(1).Any(part => LeftOut.Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    public static string Hash(string projectFile, string purpose)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(purpose));
        foreach (var folder in FindFolders(projectFile))
        {
            foreach (var file in FolderCopy.Enumerate(folder).Order(StringComparer.Ordinal).Select(path => new FileInfo(path)))
            {
                var relative = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
                if (IsInput(relative))
                {
                    Append(hash, relative, file);
                }
            }
        }

        for (var folder = new DirectoryInfo(projectFile).Parent?.Parent; folder is not null; folder = folder.Parent)
        {
            foreach (var file in SharedFiles.Select(name => new FileInfo(Path.Combine(folder.FullName, name))).Where(file => file.Exists))
            {
                Append(hash, file.FullName, file);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void Append(IncrementalHash hash, string name, FileInfo file)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}\0"));
        try
        {
            if (file.Length <= MaxHashedBytes)
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file.FullName)));
            }
            else
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")));
            }
        }
        catch (FileNotFoundException)
        {
            // Deleted between listing and reading: the change is on its way to the watcher.
        }
    }

    private static IEnumerable<string> FindFolders(string projectFile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([projectFile]);
        while (open.TryDequeue(out var project))
        {
            var folder = Path.GetDirectoryName(project)!;
            if (!File.Exists(project) || !seen.Add(folder))
            {
                continue;
            }

            yield return folder;
            foreach (var reference in FindReferences(project))
            {
                open.Enqueue(Path.GetFullPath(reference.Replace('\\', '/'), folder));
            }
        }
    }

    private static IEnumerable<string> FindReferences(string project)
    {
        try
        {
            return [.. XDocument.Load(project).Descendants().Where(element => element.Name.LocalName == "ProjectReference").Select(element => (string?)element.Attribute("Include")).OfType<string>()];
        }
        catch (XmlException)
        {
            return []; // the build will say what is wrong with it
        }
    }
}
