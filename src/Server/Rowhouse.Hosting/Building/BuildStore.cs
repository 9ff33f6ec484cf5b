using System.Text.Json;

namespace Rowhouse.Hosting.Building;

/// <summary>The builds of one app in <c>data/NAME/build/</c>: a folder per build, named by its id, complete or not there at all.</summary>
internal sealed class BuildStore
{
    /// <summary>The file that makes a folder a complete build.</summary>
    public const string Manifest = "build.json";

    // Enough to go back after a bad release, little enough to forget about.
    private const int KeptBuilds = 5;

    private readonly string _folder;

    public BuildStore(ServerRoot root, string app)
    {
        _folder = root.BuildsOf(app);
    }

    /// <summary>A folder for tools that keep intermediate files between builds.</summary>
    public string WorkFolder => Path.Combine(_folder, ".work");

    public string FolderOf(string id) => Path.Combine(_folder, id);

    public AppBuild? Find(string id, string contentRoot)
    {
        var folder = FolderOf(id);
        var file = Path.Combine(folder, Manifest);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(file), BuildManifestJson.Default.BuildManifest);
            var entry = manifest is null ? null : Path.Combine(folder, Path.GetFileName(manifest.EntryAssembly));
            if (entry is null || !File.Exists(entry))
            {
                return null;
            }

            Directory.SetLastWriteTimeUtc(folder, TimeProvider.System.GetUtcNow().UtcDateTime);
            return new AppBuild { Id = id, Folder = folder, EntryAssembly = entry, ContentRoot = contentRoot, FromCache = true, Warnings = manifest!.Warnings };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores a build: <paramref name="write"/> fills a temporary folder, which then becomes the build in one step.</summary>
    public async Task<AppBuild> AddAsync(
        string id, string entryAssembly, string contentRoot, IReadOnlyList<BuildDiagnostic> warnings, Func<string, Task> write, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_folder, $".{id}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(temporary);
        try
        {
            await write(temporary).ConfigureAwait(false);
            var manifest = JsonSerializer.Serialize(new BuildManifest(entryAssembly, warnings), BuildManifestJson.Default.BuildManifest);
            await File.WriteAllTextAsync(Path.Combine(temporary, Manifest), manifest, cancellationToken).ConfigureAwait(false);
            Replace(temporary, FolderOf(id));
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }

        return Find(id, contentRoot)! with { FromCache = false };
    }

    /// <summary>Deletes the oldest builds, except those that <paramref name="inUse"/> names by folder.</summary>
    public void Prune(IReadOnlySet<string> inUse)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        var old = new DirectoryInfo(_folder).EnumerateDirectories()
            .Where(folder => !folder.Name.StartsWith('.'))
            .OrderByDescending(folder => folder.LastWriteTimeUtc)
            .Skip(KeptBuilds)
            .Where(folder => !inUse.Contains(folder.FullName));
        foreach (var folder in old)
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (IOException)
            {
                // In use on a system that locks loaded files: the next build tries again.
            }
        }
    }

    private static void Replace(string temporary, string target)
    {
        // An incomplete or damaged folder of the same id: Find has refused it.
        if (Directory.Exists(target))
        {
            var stale = target + ".stale." + Guid.NewGuid().ToString("N");
            Directory.Move(target, stale);
            Directory.Move(temporary, target);
            Directory.Delete(stale, recursive: true);
            return;
        }

        Directory.Move(temporary, target);
    }
}
