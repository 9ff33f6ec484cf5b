using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

/// <summary>The same app as source app, project app and packed app, each with files that are nobody's business and links that lead to them.</summary>
public sealed class ThreeKinds : IAsyncLifetime
{
    public const string Secret = "the-word-that-must-not-get-out";

    public static readonly IReadOnlyList<string> Apps = ["source", "project", "packed"];

    private readonly TestRoot _root = new();
    private TestServer? _server;

    public TestServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        WriteFiles("source");
        WriteFiles("project");
        WriteFiles("packed");
        _root.Write("project", "project.csproj", """
            <!-- the-word-that-must-not-get-out -->
            <Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>
            """);
        File.WriteAllText(Path.Combine(_root.Folder, "outside.txt"), Secret);
        await PackAsync();
        foreach (var app in Apps)
        {
            WriteSecrets(app);
        }

        _server = await TestServer.StartAsync(_root, "Production");
        foreach (var app in Apps)
        {
            await _server.WaitForAsync(app, status => status.State is AppState.Running or AppState.Failed, "has started");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _root.Dispose();
    }

    private void WriteFiles(string app)
    {
        _root.Write(app, "Program.cs", RoutedApps.Program + "// " + Secret);
        _root.Write(app, "wwwroot/site.css", "body {}");
        _root.Write(app, "wwwroot/css/real.css", "a {}");
    }

    private void WriteSecrets(string app)
    {
        _root.Write(app, "private/appconfig.ini", Secret);
        _root.Write(app, "appsettings.json", $$"""{ "Secret": "{{Secret}}" }""");
        _root.Write(app, ".git/config", Secret);
        _root.Write(app, ".env", Secret);
        _root.Write(app, "Views/Default/Index.txt", Secret);
        Directory.CreateDirectory(_root.Root.DataOf(app));
        File.WriteAllText(Path.Combine(_root.Root.DataOf(app), "orders.txt"), Secret);

        var web = Path.Combine(_root.AppFolder(app), "wwwroot");
        File.CreateSymbolicLink(Path.Combine(web, "file.txt"), Path.Combine(_root.Folder, "outside.txt"));
        File.CreateSymbolicLink(Path.Combine(web, "relative.txt"), "../private/appconfig.ini");
        File.CreateSymbolicLink(Path.Combine(web, "twice.txt"), "file.txt");
        Directory.CreateSymbolicLink(Path.Combine(web, "up"), "..");
        Directory.CreateSymbolicLink(Path.Combine(web, "up2"), _root.AppFolder(app));
        Directory.CreateSymbolicLink(Path.Combine(web, "data"), _root.Root.DataOf(app));
        Directory.CreateSymbolicLink(Path.Combine(web, "css", "root"), _root.Folder);
        File.CreateSymbolicLink(Path.Combine(web, "same.css"), "site.css");
        Directory.CreateSymbolicLink(Path.Combine(web, "styles"), "css");
    }

    private async Task PackAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var archive = Path.Combine(_root.Folder, "packed.rha");
        await AppPacker.PackAsync(_root.Root, AppFolder.Open(_root.Root, "packed"), archive, withSources: true, cancellationToken: cancellation);
        await AppInstaller.InstallAsync(_root.Root, archive, overwrite: true, cancellationToken: cancellation);
        Directory.Delete(_root.Root.BuildsOf("packed"), recursive: true);
    }
}
