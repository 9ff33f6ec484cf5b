namespace Rowhouse.Hosting.Tests;

/// <summary>A root in a temporary folder with a <c>rowhouse.ini</c> and empty app folders.</summary>
internal sealed class ConfigRoot : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rowhouse-config-");

    public ConfigRoot(string? ini = null, params string[] apps)
    {
        _folder.CreateSubdirectory("applications");
        Root = ServerRoot.At(_folder.FullName);
        foreach (var app in apps)
        {
            Directory.CreateDirectory(Path.Combine(Root.Applications, app));
        }

        if (ini is not null)
        {
            File.WriteAllText(Root.ConfigFile, ini);
        }
    }

    public ServerRoot Root { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public ServerConfig Read(ServerConfigOverrides? overrides = null) =>
        ServerConfigReader.Read(Root, overrides ?? ServerConfigOverrides.None, Variables.GetValueOrDefault);

    /// <summary>The lines of the error that reading gives, without the file's path.</summary>
    public string[] ReadErrors()
    {
        var error = Assert.Throws<RowhouseException>(() => Read());
        Assert.Equal("RH2001", error.Code);
        return error.Message.Replace(Root.ConfigFile, "rowhouse.ini", StringComparison.Ordinal).Split('\n');
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
