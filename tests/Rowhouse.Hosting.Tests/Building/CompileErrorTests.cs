using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Errors of a source app name the place in the file that the user wrote.</summary>
public sealed class CompileErrorTests : IDisposable
{
    private readonly TestRoot _root = new();

    public CompileErrorTests()
    {
        _root.Write("shop", "Controllers/DefaultController.cs", "using Microsoft.AspNetCore.Mvc;\npublic class DefaultController : Controller\n{\n    public IActionResult Index() => Viw(1);\n    public int Other() => \"text\";\n}\n");
        _root.Write("shop", "Views/Default/Index.cshtml", "@model int\n<p>@Model</p>\n<p>@Model.Lenght</p>\n@{\n    int number = \"text\";\n}\n");
        _root.Write("shop", "Pages/Broken.cshtml", "@page\n<p>fine</p>\n@if (true) {\n<p>never closed\n");
        _root.Write("shop", "Components/Part.razor", "<p>@Missing</p>\n@code {\n    private int Number() => \"text\";\n}\n");
    }

    public static TheoryData<bool> Environments => [true, false];

    public void Dispose() => _root.Dispose();

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Each_error_has_file_line_column_code_and_message(bool development)
    {
        var report = await AppBuilder.BuildAsync(_root.Root, AppFolder.Open(_root.Root, "shop"), development, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(report.Succeeded);
        var errors = report.Diagnostics.Where(diagnostic => diagnostic.Severity == BuildSeverity.Error).ToList();
        Assert.Contains(Error("Controllers/DefaultController.cs", 4, 37, "CS0103", "The name 'Viw' does not exist in the current context"), errors);
        Assert.Contains(Error("Controllers/DefaultController.cs", 5, 27, "CS0029", "Cannot implicitly convert type 'string' to 'int'"), errors);
        Assert.Contains(errors, error => (error.File, error.Line, error.Column, error.Code) == (PathOf("Views/Default/Index.cshtml"), 3, 11, "CS1061"));
        Assert.Contains(Error("Views/Default/Index.cshtml", 5, 18, "CS0029", "Cannot implicitly convert type 'string' to 'int'"), errors);
        Assert.Contains(errors, error => (error.File, error.Line, error.Code) == (PathOf("Pages/Broken.cshtml"), 3, "RZ1006"));
        Assert.Contains(Error("Components/Part.razor", 1, 5, "CS0103", "The name 'Missing' does not exist in the current context"), errors);
        Assert.Contains(Error("Components/Part.razor", 3, 29, "CS0029", "Cannot implicitly convert type 'string' to 'int'"), errors);
    }

    [Fact]
    public async Task The_page_in_development_shows_them_all_and_the_state_says_how_many()
    {
        await using var server = await TestServer.StartAsync(_root);
        var status = await server.WaitForAsync("shop", AppState.Failed);

        using var page = await server.GetPageAsync("/shop/");
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Matches(@"\(and \d+ more\)$", status.Reason);
        Assert.All(["The name 'Viw' does not exist", "RZ1006", "Index.cshtml", "Lenght", "Part.razor", "Missing"], part => Assert.Contains(part, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_a_view_alone_that_does_not_compile_names_the_view_too()
    {
        _root.Write("site", "Controllers/DefaultController.cs", "using Microsoft.AspNetCore.Mvc;\npublic class DefaultController : Controller\n{\n    public IActionResult Index() => View();\n}\n");
        _root.Write("site", "Views/Default/Index.cshtml", "<p>one</p>\n");
        await using var server = await TestServer.StartAsync(_root);
        Assert.Equal("<p>one</p>\n", await server.GetTextAsync("/site/"));

        _root.Write("site", "Views/Default/Index.cshtml", "<p>two</p>\n<p>@Missing</p>\n");

        var status = await server.WaitForAsync("site", app => app.Reason is not null, "has a reason");
        Assert.StartsWith($"{Path.Combine(_root.AppFolder("site"), "Views/Default/Index.cshtml")}(2,5): error CS0103: ", status.Reason, StringComparison.Ordinal);
        Assert.Equal("<p>one</p>\n", await server.GetTextAsync("/site/"));
    }

    private BuildDiagnostic Error(string file, int line, int column, string code, string message) => new(BuildSeverity.Error, code, PathOf(file), line, column, message);

    private string PathOf(string file) => Path.Combine(_root.AppFolder("shop"), file);
}
