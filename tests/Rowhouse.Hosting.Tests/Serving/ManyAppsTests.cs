using System.Globalization;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

[Collection<AloneInTheProcess>]
public sealed class ManyAppsTests : IDisposable
{
    private const int Apps = 60;
    private const int Reloads = 12;

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Sixty_lazy_apps_are_listed_and_only_those_that_are_asked_for_start()
    {
        for (var app = 1; app <= Apps; app++)
        {
            WriteApp(NameOf(app), "hello");
        }

        _root.WriteConfig("[apps]\nstart = lazy\n");
        await using var server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal(Enumerable.Range(1, Apps).Select(NameOf), server.Server.Apps.Select(app => app.Name));
        Assert.All(server.Server.Apps, app => Assert.Equal((AppState.Idle, AppKind.Source, $"/{app.Name}"), (app.State, app.Kind, Assert.Single(app.Routes))));

        var asked = new[] { 1, 17, 42, Apps };
        var answers = await Task.WhenAll(asked.Select(app => server.GetTextAsync($"/{NameOf(app)}/")));

        Assert.Equal(asked.Select(app => $"hello from {NameOf(app)}"), answers.Select(answer => answer.Trim().Split('\n')[0].TrimEnd()));
        Assert.Equal(asked.Select(NameOf), server.Server.Apps.Where(app => app.State == AppState.Running).Select(app => app.Name));
        Assert.Equal(Apps - asked.Length, server.Server.Apps.Count(app => app.State == AppState.Idle));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_reload_leaves_no_file_handle_and_no_watcher_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only /proc tells which file handles are open.");
        WriteApp("shop", "0");
        _root.Write("shop", "wwwroot/site.css", "");
        _root.Write("shop", "appsettings.json", "{}");
        await using var server = await TestServer.StartAsync(_root);
        await ReloadAsync(server, 1, 3);
        var before = OpenFiles.Count();

        await ReloadAsync(server, 4, Reloads);

        // Fewer than one per reload: the runtime itself opens one now and then.
        await Eventually.HoldsAsync(
            () => OpenFiles.Count() is var now && now.Watchers <= before.Watchers && now.All <= before.All + 3,
            $"no more handles than before ({before}), now {OpenFiles.Count()}: {string.Join(' ', OpenFiles.Names())}");
    }

    private static string NameOf(int app) => string.Create(CultureInfo.InvariantCulture, $"app{app:00}");

    private async Task ReloadAsync(TestServer server, int first, int last)
    {
        for (var version = first; version <= last; version++)
        {
            WriteApp("shop", $"{version}");
            await Eventually.HoldsAsync(async () => (await server.GetTextAsync("/shop/")).Contains($"{version} from shop", StringComparison.Ordinal), $"version {version}");
        }
    }

    private void WriteApp(string app, string greeting)
    {
        // asp-append-version watches the file it stands for.
        _root.Write(app, "Views/Default/Index.cshtml", """
            @model string
            @addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers
            @Model
            <link rel="stylesheet" href="~/site.css" asp-append-version="true" />
            """);
        _root.Write(app, "Controllers/DefaultController.cs", $$"""
            using Microsoft.AspNetCore.Mvc;
            public class DefaultController : Controller
            {
                public IActionResult Index() => View(model: "{{greeting}} from {{app}}");
            }
            """);
    }
}
