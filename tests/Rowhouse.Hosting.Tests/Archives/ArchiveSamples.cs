namespace Rowhouse.Hosting.Tests;

internal static class ArchiveSamples
{
    public static ArchiveManifest Manifest { get; } = new() { Name = "shop", EntryAssembly = "shop.dll", Runtime = "10.0" };

    /// <summary>A good archive to spoil: manifest, entry assembly, its runtimeconfig, and what is asked for.</summary>
    public static RawZip Zip(params RawZipEntry[] more) => ZipOf(Manifest, more);

    public static RawZip ZipOf(ArchiveManifest manifest, params RawZipEntry[] more)
    {
        RawZipEntry[] files = [new("shop.dll", "assembly"), new("shop.runtimeconfig.json", "{}"), .. more];
        var hash = new ContentHash();
        foreach (var file in files.Where(file => !file.Name.EndsWith('/')).DistinctBy(file => file.Name))
        {
            hash.Add(file.Name, System.Security.Cryptography.SHA256.HashData(file.Content));
        }

        var json = ArchiveManifestJson.Write(manifest with { ContentHash = hash.Finish() });
        return new RawZip([new RawZipEntry(ArchiveManifest.FileName, json), .. files]);
    }

    public static RawZip ZipWithManifest(string json) =>
        new([new(ArchiveManifest.FileName, json), new("shop.dll", "assembly"), new("shop.runtimeconfig.json", "{}")]);
}
