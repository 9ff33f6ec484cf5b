using System.Text.Json;

namespace Rowhouse.Hosting.Building;

/// <summary>The builds of one app in <c>data/NAME/build/</c>: a folder per build, named by its id, complete or not there at all.</summary>
internal sealed class BuildStore
{
    /// <summary>The file that makes a folder a complete build.</summary>
    public const string Manifest = "build.json";

    // Enough to go back after a bad release, little enough to forget about.
    private const int KeptBuilds = 5;

    // A folder that is being filled for longer was left behind by a crash.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

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

        if (ReadManifest(file) is not { EntryAssembly: { } entry, Files: { } files } manifest || !files.ContainsKey(entry) || !BuildFiles.AreWhole(folder, files))
        {
            return null;
        }

        Directory.SetLastWriteTimeUtc(folder, TimeProvider.System.GetUtcNow().UtcDateTime);
        return new AppBuild
        {
            Id = id,
            Folder = folder,
            EntryAssembly = Path.Combine(folder, entry),
            ContentRoot = contentRoot,
            FromCache = true,
            Warnings = manifest.Warnings ?? [],
        };
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
            var manifest = new BuildManifest(entryAssembly, warnings, await BuildFiles.HashAsync(temporary, cancellationToken).ConfigureAwait(false));
            var json = JsonSerializer.Serialize(manifest, BuildManifestJson.Default.BuildManifest);
            await File.WriteAllTextAsync(Path.Combine(temporary, Manifest), json, cancellationToken).ConfigureAwait(false);
            Replace(temporary, FolderOf(id));
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }

        return new AppBuild
        {
            Id = id,
            Folder = FolderOf(id),
            EntryAssembly = Path.Combine(FolderOf(id), entryAssembly),
            ContentRoot = contentRoot,
            Warnings = warnings,
        };
    }

    /// <summary>Deletes the oldest builds, except those that <paramref name="inUse"/> names by folder.</summary>
    public void Prune(IReadOnlySet<string> inUse)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        var folders = new DirectoryInfo(_folder).EnumerateDirectories().Where(folder => folder.FullName != WorkFolder).ToLookup(folder => folder.Name.StartsWith('.'));
        var old = folders[false]
            .OrderByDescending(folder => folder.LastWriteTimeUtc)
            .Skip(KeptBuilds)
            .Where(folder => !inUse.Contains(folder.FullName));
        var left = folders[true].Where(folder => folder.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - LongestWrite);
        foreach (var folder in old.Concat(left))
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

    private static BuildManifest? ReadManifest(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), BuildManifestJson.Default.BuildManifest);
        }
        catch (JsonException)
        {
            return null;
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
