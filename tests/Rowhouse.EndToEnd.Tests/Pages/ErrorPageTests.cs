using Microsoft.Playwright;
using Rowhouse.EndToEnd.Tests.Browser;
using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Pages;

/// <summary>What a developer sees in the browser instead of an app that does not compile or start.</summary>
public sealed class ErrorPageTests : IClassFixture<PagesServer>
{
    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;

        public class DefaultController : Controller
        {
            public IActionResult Index() => View();
        }
        """;

    private readonly PagesServer _server;
    private readonly Chromium _chromium;

    public ErrorPageTests(PagesServer server, Chromium chromium)
    {
        _server = server;
        _chromium = chromium;
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_source_that_does_not_compile_is_shown_and_the_page_reloads_itself_when_it_is_mended(int width)
    {
        var app = $"code{width}";
        _server.Root.Write(app, "Program.cs", Program("\"before\""));
        await using var tab = await _chromium.OpenAsync(_server.Address, width);
        await tab.GoAsync($"/{app}/");
        await Assertions.Expect(tab.Page.GetByText("before")).ToBeVisibleAsync();

        _server.Root.Write(app, "Program.cs", Program("MissingWords"));
        await GoToErrorAsync(tab, $"/{app}/");
        await ExpectErrorAsync(tab, $"The app '{app}' does not compile", "Program.cs, line 4, column 23", "CS0103", "The name 'MissingWords' does not exist in the current context");
        await ExpectSourceAsync(tab, "// The line before.", "app.MapGet(\"/\", () => MissingWords);", "app.Run();");
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"build-error-cs-{width}");

        _server.Root.Write(app, "Program.cs", Program("\"mended\""));
        await Assertions.Expect(tab.Page.GetByText("mended")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_view_that_does_not_compile_is_shown_and_the_page_reloads_itself_when_it_is_mended(int width)
    {
        var app = $"view{width}";
        _server.Root.Write(app, "Controllers/DefaultController.cs", Controller);
        _server.Root.Write(app, "Views/Default/Index.cshtml", "<h1>Before</h1>\n");
        await using var tab = await _chromium.OpenAsync(_server.Address, width, ColorScheme.Dark);
        await tab.GoAsync($"/{app}/");
        await Assertions.Expect(tab.Page.GetByText("Before")).ToBeVisibleAsync();

        _server.Root.Write(app, "Views/Default/Index.cshtml", "<h1>Prices</h1>\n<p>one</p>\n<p>@DateTime.Nao</p>\n<p>three</p>\n");
        await GoToErrorAsync(tab, $"/{app}/");
        await ExpectErrorAsync(tab, $"The app '{app}' does not compile", "Views/Default/Index.cshtml, line 3", "CS0117", "'DateTime' does not contain a definition for 'Nao'");
        await ExpectSourceAsync(tab, "<p>one</p>", "<p>@DateTime.Nao</p>", "<p>three</p>");
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"build-error-cshtml-{width}");

        _server.Root.Write(app, "Views/Default/Index.cshtml", "<h1>Mended</h1>\n");
        await Assertions.Expect(tab.Page.GetByText("Mended")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_app_that_does_not_start_is_shown_with_its_exception_and_the_page_reloads_itself_when_it_is_mended(int width)
    {
        var app = $"start{width}";
        _server.Root.Write(app, "Program.cs", "// The line before.\nthrow new InvalidOperationException(\"The till is empty.\");\n");
        await using var tab = await _chromium.OpenAsync(_server.Address, width);

        await GoToErrorAsync(tab, $"/{app}/");
        await ExpectErrorAsync(tab, $"The app '{app}' did not start", "threw InvalidOperationException: The till is empty.", "Program.cs, line 2");
        await ExpectSourceAsync(tab, "// The line before.", "throw new InvalidOperationException(\"The till is empty.\");");
        await tab.AssertFitsAsync();
        await tab.ShootAsync($"start-error-{width}");

        _server.Root.Write(app, "Program.cs", Program("\"mended\""));
        await Assertions.Expect(tab.Page.GetByText("mended")).ToBeVisibleAsync();
    }

    private static string Program(string answer) => $"""
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        // The line before.
        app.MapGet("/", () => {answer});
        app.Run();
        """;

    // On a machine with much else to do the system tells of a save after the browser has asked.
    private static Task GoToErrorAsync(Tab tab, string path) => Eventually.HoldsAsync(async () => (await tab.GoAsync(path)).Status == 500, $"{path} shows an error");

    private static async Task ExpectErrorAsync(Tab tab, string title, params string[] words)
    {
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        var text = await tab.Page.Locator("main").InnerTextAsync();
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.GetByText("This page reloads itself once a change is saved.")).ToBeVisibleAsync();
    }

    // The lines around, and the one it is about marked.
    private static async Task ExpectSourceAsync(Tab tab, string before, string target, string? after = null)
    {
        var source = tab.Page.Locator("pre.source").First;
        await Assertions.Expect(source.Locator("mark code")).ToHaveTextAsync(target);
        await Assertions.Expect(source).ToContainTextAsync(before);
        await Assertions.Expect(source).ToContainTextAsync(after ?? target);
    }
}
