using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>A root to serve, in the run's temporary folder.</summary>
internal sealed class HostingRoot
{
    public HostingRoot(BenchmarkRun run, string name)
        : this(Path.Combine(run.Folder, name))
    {
    }

    public HostingRoot(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(Path.Combine(Folder, "applications"));
    }

    public string Folder { get; }

    public string AppFolder(string app) => Path.Combine(Folder, "applications", app);

    public void Add(GeneratedApp app) => app.Create().WriteTo(AppFolder(app.Name));

    /// <summary>Copies a folder in as an app.</summary>
    public void Add(string app, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(AppFolder(app), Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>Saves a file as a careful editor does: aside, then renamed.</summary>
    public void Save(string app, string file, string text)
    {
        var path = Path.Combine(AppFolder(app), file);
        var aside = path + "~";
        File.WriteAllText(aside, text);
        File.Move(aside, path, overwrite: true);
    }
}
