using System.Globalization;
using System.Text;

namespace Rowhouse.Benchmarks.Apps;

/// <summary>
/// A source app of any size, different for each name. Each page shows two marks, one from the controller's code and one from the view,
/// so that a response tells which code it comes from.
/// </summary>
internal sealed class GeneratedApp
{
    public const string QuietSettings = """{ "Logging": { "LogLevel": { "Default": "Warning" } }, "AllowedHosts": "*" }""";

    private readonly string _words;

    public GeneratedApp(string name, int controllers, int viewsPerController)
    {
        Name = name;
        Controllers = controllers;
        ViewsPerController = viewsPerController;
        _words = char.ToUpperInvariant(name[0]) + name[1..];
    }

    public string Name { get; }

    public int Controllers { get; }

    public int ViewsPerController { get; }

    public AppFiles Create()
    {
        var files = new AppFiles
        {
            ["appsettings.json"] = QuietSettings,
            ["Models/Item.cs"] = Model(),
            ["Views/_ViewImports.cshtml"] = $"@using {_words}.Models\n@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n",
            ["Views/_ViewStart.cshtml"] = "@{ Layout = \"_Layout\"; }\n",
            ["Views/Shared/_Layout.cshtml"] = Layout(),
        };
        for (var controller = 0; controller < Controllers; controller++)
        {
            files[ControllerFile(controller)] = Controller(controller, mark: 0);
            for (var view = 0; view < ViewsPerController; view++)
            {
                files[ViewFile(controller, view)] = View(controller, view, mark: 0);
            }
        }

        return files;
    }

    public string ControllerFile(int controller) => $"Controllers/{Part(controller)}Controller.cs";

    public string ViewFile(int controller, int view) => $"Views/{Part(controller)}/Page{view}.cshtml";

    /// <summary>A page's path from the server's root.</summary>
    public string PageAt(int controller, int view) => $"{Name}/{PageWithin(controller, view)}";

    /// <summary>A page's path from the app's own root.</summary>
    public string PageWithin(int controller, int view) => $"{Part(controller)}/Page{view}/3";

    public static string CodeMark(int mark) => $"[code {mark.ToString(CultureInfo.InvariantCulture)}]";

    public static string ViewMark(int mark) => $"[view {mark.ToString(CultureInfo.InvariantCulture)}]";

    public string Controller(int controller, int mark)
    {
        var actions = new StringBuilder();
        for (var view = 0; view < ViewsPerController; view++)
        {
            actions.Append(CultureInfo.InvariantCulture, $$"""

                    public IActionResult Page{{view}}(int id = 1)
                    {
                        ViewData["Title"] = $"{{_words}} {{controller}}.{{view}} of {id}";
                        return View(Find(id + {{view}}));
                    }

                """);
        }

        return $$"""
            using System.Globalization;
            using Microsoft.AspNetCore.Mvc;
            using {{_words}}.Models;

            namespace {{_words}}.Controllers;

            public sealed class {{Part(controller)}}Controller : Controller
            {
                private const string Mark = "{{CodeMark(mark)}}";
                private static readonly Dictionary<int, string> Names = Enumerable.Range(0, 50).ToDictionary(id => id, id => $"{{_words}} item {id}");
            {{actions}}
                [HttpPost, ValidateAntiForgeryToken]
                public IActionResult Save(Item item)
                {
                    return ModelState.IsValid ? RedirectToAction("Page0", new { id = item.Id }) : View("Page0", new List<Item> { item });
                }

                private static List<Item> Find(int id)
                {
                    var found = from name in Names
                                where name.Key >= id && name.Key < id + 10
                                orderby name.Value descending
                                select new Item { Id = name.Key, Name = name.Value + " " + Mark, Price = name.Key * 1.1m, Since = new DateOnly(2020, 1, 1).AddDays(name.Key) };
                    return found.ToList();
                }
            }
            """;
    }

    public string View(int controller, int view, int mark) => $$"""
        @model List<Item>
        @{
            var total = Model.Sum(item => item.Price);
        }
        <h1>@ViewData["Title"]</h1>
        <p class="mark">{{ViewMark(mark)}}</p>
        <table class="items page-{{view}}">
            <thead><tr><th>Id</th><th>Name</th><th>Price</th><th>Since</th></tr></thead>
            @foreach (var item in Model)
            {
                <tr class="@(item.Id % 2 == 0 ? "even" : "odd")">
                    <td>@item.Id</td>
                    <td><a asp-controller="{{Part(controller)}}" asp-action="Page{{view}}" asp-route-id="@item.Id">@item.Name</a></td>
                    <td>@item.Price.ToString("0.00")</td>
                    <td>@item.Since.ToString("yyyy-MM-dd")</td>
                </tr>
            }
        </table>
        @if (total > {{10 + view}})
        {
            <p>Together @total.ToString("0.00") for {{_words}} {{controller}}.</p>
        }
        <form asp-action="Save" method="post">
            <label>Name <input name="Name" value="@(Model.FirstOrDefault()?.Name)" /></label>
            <button type="submit">Save</button>
        </form>
        """;

    private string Part(int controller) => string.Create(CultureInfo.InvariantCulture, $"{_words}Part{controller}");

    private string Model() => $$"""
        using System.ComponentModel.DataAnnotations;

        namespace {{_words}}.Models;

        public sealed class Item
        {
            public int Id { get; set; }

            [Required, StringLength(80)]
            public string Name { get; set; } = "";

            [Range(0, 1000)]
            public decimal Price { get; set; }

            public DateOnly Since { get; set; }
        }
        """;

    private string Layout() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8" /><title>@ViewData["Title"] - {_words}</title></head>
        <body>
        <nav><a asp-controller="{Part(0)}" asp-action="Page0">{_words}</a></nav>
        <main>@RenderBody()</main>
        <footer>{_words}</footer>
        </body>
        </html>
        """;
}
