namespace Rowhouse.Configuration.Tests;

/// <summary>The folder of an app named <c>shop</c> with a configuration, in a temporary place.</summary>
internal sealed class ConfigApp : IDisposable
{
    private readonly DirectoryInfo _above = Directory.CreateTempSubdirectory("rowhouse-appconfig-");

    public ConfigApp(string? ini = null)
    {
        Folder = _above.CreateSubdirectory("shop").FullName;
        Private = Directory.CreateDirectory(Path.Combine(Folder, "private")).FullName;
        if (ini is not null)
        {
            Write("appconfig.ini", ini);
        }
    }

    public string Folder { get; }

    public string Private { get; }

    public string Environment { get; set; } = "Production";

    public Dictionary<string, string> Variables { get; } = [];

    public AppConfigPlace Place => new("shop", Private, Environment, Variables);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Private, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a key file outside of the app's folder, and says where it is.</summary>
    public SecretsKeyFile MakeKey()
    {
        var path = Path.Combine(_above.FullName, "keys", "secrets.key");
        Variables[SecretsKeyFile.Variable] = path;
        return SecretsKeyFile.Create(path);
    }

    public void Configure(AppConfigOptions options)
    {
        options.Environment = Environment;
        options.Variables = Variables;
    }

    public AppConfig Load() => AppConfig.Load(Folder, Configure);

    public AppConfigModel Read() => AppConfigReader.Read(Place);

    /// <summary>The problems, without the path before the names of files.</summary>
    public string[] Problems() => [.. Read().Problems.Select(Shorten)];

    public string Shorten(string text) => text.Replace(Private + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => _above.Delete(recursive: true);
}
