using Rowhouse.Hosting;

namespace Rowhouse.Tests;

/// <summary>A root in a temporary folder, deleted at the end.</summary>
public sealed class TestRoot : IDisposable
{
    public TestRoot()
    {
        Folder = Directory.CreateTempSubdirectory("rowhouse-test-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "applications"));
        Root = ServerRoot.At(Folder);
    }

    public string Folder { get; }

    public ServerRoot Root { get; }

    public string AppFolder(string app) => Path.Combine(Root.Applications, app);

    /// <summary>Writes a file of an app as a careful editor does: aside, then renamed.</summary>
    public void Write(string app, string file, string text)
    {
        var path = Path.Combine(AppFolder(app), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = path + "~";
        File.WriteAllText(aside, text);
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Writes a minimal-API app that answers "/" with <paramref name="answer"/>.</summary>
    public void WriteApp(string app, string answer) => Write(app, "Program.cs", Program(answer));

    public void WriteConfig(string text) => File.WriteAllText(Root.ConfigFile, text);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test has moved it.
        }
    }

    public static string Program(string answer) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => "{{answer}}");
        app.Run();
        """;
}
