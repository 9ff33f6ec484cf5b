namespace Rowhouse.Backends;

/// <summary>One file per key, readable by its owner only.</summary>
internal sealed class FileKeyStore : KeyStore
{
    private readonly FileBackend _files;

    public FileKeyStore(FileBackend files)
        : base(files)
    {
        _files = files;
    }

    private protected override IReadOnlyCollection<string> ReadAll() => _files.Call<IReadOnlyCollection<string>>(() => Directory.Exists(_files.Folder)
        ? [.. Directory.EnumerateFiles(_files.Folder, "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllText)]
        : []);

    private protected override void Write(string name, string xml) => _files.Call(() =>
    {
        FileBackend.CreateFolder(_files.Folder);
        ReplacedFile.Write(_files.PathOf($"{name}.xml"), xml, AtomicFile.OwnerOnly);
        return true;
    });
}
