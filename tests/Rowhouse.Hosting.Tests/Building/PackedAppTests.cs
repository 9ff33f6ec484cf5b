using System.IO.Compression;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Apps given as built output or as an archive of it.</summary>
public sealed class PackedAppTests : IDisposable
{
    private readonly TestRoot _root = new();
    private readonly TestRoot _workshop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _root.Dispose();
        _workshop.Dispose();
    }

    [Fact]
    public async Task An_archive_that_is_dropped_in_is_live_and_a_newer_one_replaces_it()
    {
        WriteShop("first");
        await using var server = await TestServer.StartAsync(_root, "Production");

        await DropAsync("shop");
        await server.WaitForAsync("shop", AppState.Running);
        Assert.Equal("<p>first</p>", (await server.GetTextAsync("/shop/")).Trim());
        Assert.Equal("body { }", await server.GetTextAsync("/shop/site.css"));
        Assert.Equal(AppKind.Packed, server.StatusOf("shop").Kind);
        Assert.DoesNotContain(Directory.EnumerateFiles(_root.AppFolder("shop"), "*", SearchOption.AllDirectories), SourceFiles.IsSource);

        WriteShop("second");
        await DropAsync("shop");
        await server.WaitForTextAsync("/shop/", "<p>second</p>\n");
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task An_archive_holds_the_compiled_app_and_its_files_but_no_sources_secrets_or_build_description()
    {
        WriteShop("first");
        _workshop.Write("shop", "private/appconfig.ini", "password = secret");
        _workshop.Write("shop", "shop.csproj", "<Project><PropertyGroup><RowhouseSourceApp>true</RowhouseSourceApp></PropertyGroup></Project>");
        var archive = Path.Combine(_workshop.Folder, "shop.rha");
        await AppPacker.PackAsync(_workshop.Root, AppFolder.Open(_workshop.Root, "shop"), archive, withSources: false, cancellationToken: Cancellation);

        using var zip = await ZipFile.OpenReadAsync(archive, Cancellation);

        Assert.Equal(
            ["appsettings.json", ArchiveManifest.FileName, "shop.dll", "shop.pdb", "shop.runtimeconfig.json", "wwwroot/site.css"],
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Publish_output_runs_as_it_is_and_again_when_files_are_replaced_under_it()
    {
        var packages = new LocalPackages(_workshop);
        packages.Add("Words", "1.0.0", Projects.Words("one"));
        Projects.WriteWithWords(_workshop, "shop", "1.0.0");
        _workshop.Write("shop", "wwwroot/site.css", "body { }");
        var output = await Dotnet.PublishAsync(_workshop.AppFolder("shop"));
        Hosting.Building.FolderCopy.Copy(output, _root.AppFolder("shop"), _ => true);

        await using var server = await TestServer.StartAsync(_root, "Production");
        await server.WaitForAsync("shop", AppState.Running);
        Assert.Equal("one 1.0.0.0", await server.GetTextAsync("/shop/"));
        Assert.Equal(AppKind.Packed, server.StatusOf("shop").Kind);

        _workshop.Write("shop", "Program.cs", Projects.Program(" newer"));
        Hosting.Building.FolderCopy.Copy(await Dotnet.PublishAsync(_workshop.AppFolder("shop")), _root.AppFolder("shop"), _ => true);
        await server.WaitForTextAsync("/shop/", "one 1.0.0.0 newer");
    }

    private void WriteShop(string text)
    {
        _workshop.Write("shop", "Controllers/DefaultController.cs", "using Microsoft.AspNetCore.Mvc;\npublic class DefaultController : Controller\n{\n    public IActionResult Index() => View();\n}\n");
        _workshop.Write("shop", "Views/Default/Index.cshtml", $"<p>{text}</p>\n");
        _workshop.Write("shop", "wwwroot/site.css", "body { }");
        _workshop.Write("shop", "appsettings.json", "{ }");
    }

    private async Task DropAsync(string app)
    {
        var archive = Path.Combine(_workshop.Folder, "new.rha");
        await AppPacker.PackAsync(_workshop.Root, AppFolder.Open(_workshop.Root, app), archive, withSources: false, cancellationToken: Cancellation);
        File.Move(archive, Path.Combine(_root.Root.Applications, app + ".rha"), overwrite: true);
    }
}
