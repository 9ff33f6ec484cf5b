using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests;

/// <summary>A machine that has the ASP.NET Core runtime and no SDK.</summary>
public sealed class RuntimeOnlyTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly DirectoryInfo _dotnet = Directory.CreateTempSubdirectory("rh-dotnet-");

    public void Dispose()
    {
        _root.Dispose();
        _dotnet.Delete(recursive: true);
    }

    [Fact]
    public async Task Source_apps_are_compiled_and_a_project_app_says_what_is_missing()
    {
        AddSourceApp();
        _root.AddApp("ledger", TestRoot.Program("never"));
        await File.WriteAllTextAsync(
            _root.PathOf("ledger", "ledger.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""",
            TestContext.Current.CancellationToken);
        var muxer = InstallRuntime();

        await using var server = await RunningServer.WaitAsync(
            ChildProcess.StartCommand([muxer, ChildProcess.CommandLine, .. RunningServer.ArgumentsFor(_root.Root)], ("DOTNET_ROOT", _dotnet.FullName)));

        Assert.Equal("<p>Hello, Ada.</p>", (await server.GetTextAsync("/shop/")).Trim());
        await server.Process.WaitForErrorAsync("RH1102");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/ledger/", TestContext.Current.CancellationToken)).StatusCode);
    }

    private void AddSourceApp()
    {
        var folder = _root.AddApp("shop", "");
        File.Delete(Path.Combine(folder, "Program.cs"));
        Directory.CreateDirectory(Path.Combine(folder, "Views", "Default"));

        // C# 14: an extension property, and the field of a property.
        File.WriteAllText(
            Path.Combine(folder, "Visitor.cs"),
            """
            using Microsoft.AspNetCore.Mvc;

            public class DefaultController : Controller
            {
                public IActionResult Index() => View(new Visitor { Name = " Ada " });
            }

            public class Visitor
            {
                public required string Name { get; set => field = value.Trim(); }
            }

            public static class Greetings
            {
                extension(Visitor visitor)
                {
                    public string Greeting => $"Hello, {visitor.Name}.";
                }
            }
            """);
        File.WriteAllText(Path.Combine(folder, "Views", "Default", "Index.cshtml"), "@model Visitor\n<p>@Model.Greeting</p>\n");
    }

    private string InstallRuntime()
    {
        var installed = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        foreach (var folder in new[] { "host", "shared" })
        {
            Directory.CreateSymbolicLink(Path.Combine(_dotnet.FullName, folder), Path.Combine(installed, folder));
        }

        // A copy, since the muxer looks beside the file that a link points to.
        var muxer = Path.Combine(_dotnet.FullName, "dotnet");
        File.Copy(Path.Combine(installed, "dotnet"), muxer);
        return muxer;
    }
}
