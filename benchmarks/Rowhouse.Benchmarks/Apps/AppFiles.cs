namespace Rowhouse.Benchmarks.Apps;

/// <summary>The files of an app by their paths within its folder.</summary>
internal sealed class AppFiles
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> Texts => _texts;

    public string this[string path]
    {
        get => _texts[path];
        set => _texts[path] = value;
    }

    public void WriteTo(string folder)
    {
        foreach (var (path, text) in _texts)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
