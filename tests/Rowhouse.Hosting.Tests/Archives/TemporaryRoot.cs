using System.Text;

namespace Rowhouse.Hosting.Tests;

/// <summary>A server root in a folder of its own that is gone after the test.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    public TemporaryRoot()
    {
        Folder = Directory.CreateTempSubdirectory("rowhouse-archives-").FullName;
        Directory.CreateDirectory(In("root", "applications"));
        Root = ServerRoot.At(In("root"));
    }

    public string Folder { get; }

    public ServerRoot Root { get; }

    /// <summary>Everything in <c>applications/</c>, hidden things included.</summary>
    public string[] Applications =>
        [.. Directory.EnumerateFileSystemEntries(Root.Applications, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(Root.Applications, path))
            .Order(StringComparer.Ordinal)];

    public string In(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string InApps(params string[] parts) => Path.Combine([Root.Applications, .. parts]);

    public string Write(string name, byte[] content)
    {
        var path = In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a built app and returns its folder.</summary>
    public string WriteBuiltApp(string folder, string version)
    {
        Write($"{folder}/shop.dll", $"assembly {version}");
        Write($"{folder}/shop.runtimeconfig.json", "{}");
        Write($"{folder}/version.txt", version);
        Write($"{folder}/wwwroot/css/site.css", "body { color: black }");
        return In(folder);
    }

    public async Task<string> PackAsync(string version, string name = "shop")
    {
        var archive = In($"{name}-{version}.rha");
        await AppArchiveWriter.WriteAsync(WriteBuiltApp($"built-{name}-{version}", version), archive, ArchiveSamples.Manifest with { Name = name });
        return archive;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
