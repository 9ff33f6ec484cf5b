namespace Rowhouse.Benchmarks.Apps;

/// <summary>
/// A project with one ordinary page: an action with a model, a view with tag helpers, a layout. Its first middleware answers
/// <c>/first</c> by itself, for measuring what comes before it.
/// </summary>
internal static class PageApp
{
    public const string Name = "page";

    /// <summary>The page, from the app's own root.</summary>
    public const string Page = "home/index/7";

    /// <summary>What the first middleware answers.</summary>
    public const string First = "/first";

    public static AppFiles Create()
    {
        return new AppFiles
        {
            ["page.csproj"] = ProjectFile.Of(),
            ["appsettings.json"] = GeneratedApp.QuietSettings,
            ["Program.cs"] = Program,
            ["Controllers/HomeController.cs"] = Controller,
            ["Views/_ViewImports.cshtml"] = "@using Page\n@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n",
            ["Views/_ViewStart.cshtml"] = "@{ Layout = \"_Layout\"; }\n",
            ["Views/Shared/_Layout.cshtml"] = Layout,
            ["Views/Home/Index.cshtml"] = View,
        };
    }

    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllersWithViews();
        var app = builder.Build();
        app.Use((context, next) => context.Request.Path == "/first" ? Task.CompletedTask : next(context));
        app.UseRouting();
        app.UseAuthorization();
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        app.Run();
        """;

    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;

        namespace Page;

        public sealed record Line(int Number, string Text, decimal Price);

        public sealed class HomeController : Controller
        {
            private static readonly Line[] Lines = [.. Enumerable.Range(1, 20).Select(number => new Line(number, $"Line <{number}>", number * 1.25m))];

            public IActionResult Index(int id)
            {
                ViewData["Title"] = $"Order {id}";
                return View(Lines);
            }
        }
        """;

    private const string Layout = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8" /><title>@ViewData["Title"]</title></head>
        <body>
        <nav><a asp-controller="Home" asp-action="Index" asp-route-id="1">First</a> <a asp-controller="Home" asp-action="Index" asp-route-id="2">Second</a></nav>
        <main>@RenderBody()</main>
        </body>
        </html>
        """;

    private const string View = """
        @model IReadOnlyList<Line>
        <h1>@ViewData["Title"]</h1>
        <table>
        @foreach (var line in Model)
        {
            <tr class="@(line.Number % 2 == 0 ? "even" : "odd")"><td>@line.Number</td><td>@line.Text</td><td>@line.Price.ToString("0.00")</td></tr>
        }
        </table>
        <p>@Model.Count lines, <a asp-controller="Home" asp-action="Index" asp-route-id="@Model.Count">next</a></p>
        """;
}
