namespace Rowhouse.Hosting.Tests.Pages;

/// <summary>A folder with sources in it, and a file beside it that no page may show.</summary>
internal sealed class PageAppFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rowhouse-pages-");

    public PageAppFolder()
    {
        Directory.CreateDirectory(Path);
        Outside = System.IO.Path.Combine(_root.FullName, "other", "Secret.cs");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Outside)!);
        File.WriteAllText(Outside, "var password = \"hunter2\";\n");
    }

    public string Path => System.IO.Path.Combine(_root.FullName, "shop");

    public string Outside { get; }

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public string WriteLines(string name, int count) =>
        Write(name, string.Concat(Enumerable.Range(1, count).Select(number => $"line{number} here\n")));

    public void Dispose() => _root.Delete(recursive: true);
}
