using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Source apps that use what the language, Razor and the generators have.</summary>
internal static class SourceApps
{
    /// <summary>No Program.cs.</summary>
    public const string Site = "site";

    /// <summary>Components, no Program.cs.</summary>
    public const string Components = "components";

    /// <summary>Source generators.</summary>
    public const string Generated = "generated";

    public static void Write(TestRoot root)
    {
        WriteSite(root);
        WriteComponents(root);
        root.Write(Generated, "Program.cs", GeneratedProgram);
    }

    private static void WriteSite(TestRoot root)
    {
        root.Write(Site, "Controllers/DefaultController.cs", Controller);
        root.Write(Site, "Models/Visitor.cs", Language);
        root.Write(Site, "Views/_ViewImports.cshtml", "@using Site.Models\n@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n@addTagHelper *, site\n");
        root.Write(Site, "Views/_ViewStart.cshtml", "@{ Layout = \"_Layout\"; }\n");
        root.Write(Site, "Views/Shared/_Layout.cshtml", "<html><body>@RenderBody()@RenderSection(\"Foot\", required: false)</body></html>\n");
        root.Write(Site, "Views/Default/Index.cshtml", "@model Visitor\n<p>@Model.Greeting</p>\n<shout>ada</shout>\n<vc:clock hour=\"3\" />\n<a asp-action=\"Details\" asp-route-id=\"7\">more</a>\n@section Foot { <footer>foot</footer> }\n");
        root.Write(Site, "Views/Default/Index.cshtml.css", "p { color: red; }");
        root.Write(Site, "Views/Default/Modern.cshtml", ModernView);
        root.Write(Site, "Views/Shared/Components/Clock/Default.cshtml", "@model int\n<time>@Model o'clock</time>\n");
        root.Write(Site, "Areas/Office/Controllers/DeskController.cs", "using Microsoft.AspNetCore.Mvc;\nnamespace Site.Areas.Office;\n[Area(\"Office\"), Route(\"office/[controller]/[action]\")]\npublic class DeskController : Controller\n{\n    public IActionResult Show() => View();\n}\n");
        root.Write(Site, "Areas/Office/Views/Desk/Show.cshtml", "<p>desk of @ViewContext.RouteData.Values[\"area\"]</p>\n");
        root.Write(Site, "Pages/About.cshtml", "@page \"{name?}\"\n@model AboutModel\n<p>about @Model.Name</p>\n<form method=\"post\"><input asp-for=\"Name\" /></form>\n");
        root.Write(Site, "Pages/About.cshtml.cs", "using Microsoft.AspNetCore.Mvc;\nusing Microsoft.AspNetCore.Mvc.RazorPages;\npublic class AboutModel : PageModel\n{\n    [BindProperty(SupportsGet = true)]\n    public string? Name { get; set; }\n}\n");
        root.Write(Site, "Pages/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n");
        root.Write(Site, "wwwroot/site.css", "body { }");
        root.Write(Site, "private/Notes.cs", "this is not compiled");
        root.Write(Site, "wwwroot/example.cs", "this is not compiled");
        root.Write(Site, "bin/Old.cs", "this is not compiled");
    }

    private static void WriteComponents(TestRoot root)
    {
        root.Write(Components, "Components/_Imports.razor", "@using Microsoft.AspNetCore.Components.Routing\n@using Microsoft.AspNetCore.Components.Web\n@using static Microsoft.AspNetCore.Components.Web.RenderMode\n");
        root.Write(Components, "Components/App.razor", "<!DOCTYPE html>\n<html><head><base href=\"/components/\" /><HeadOutlet /></head><body><Routes /><script src=\"_framework/blazor.web.js\"></script></body></html>\n");
        root.Write(Components, "Components/Routes.razor", "<Router AppAssembly=\"typeof(App).Assembly\"><Found Context=\"data\"><RouteView RouteData=\"data\" /></Found></Router>\n");
        root.Write(Components, "Components/Pages/Home.razor", "@page \"/\"\n<PageTitle>Home</PageTitle>\n<h1>static @(1 + 1)</h1>\n<Counter Start=\"3\" @rendermode=\"InteractiveServer\" />\n");
        root.Write(Components, "Components/Counter.razor", "<button @onclick=\"Add\">@count</button>\n@code {\n    private int count;\n    [Parameter] public int Start { get; set => field = count = value; }\n    private void Add() => count++;\n}\n");
        root.Write(Components, "Components/Counter.razor.css", "button { color: red; }");
    }

    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Razor.TagHelpers;
        using Site.Models;

        namespace Site.Controllers;

        public class DefaultController : Controller
        {
            public IActionResult Index() => View(new Visitor { Name = " Ada " });

            public IActionResult Details(int id) => Content($"details {id}");

            public IActionResult Modern() => View();
        }

        [HtmlTargetElement("shout")]
        public class ShoutTagHelper : TagHelper
        {
            public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
            {
                output.TagName = "b";
                output.Content.SetContent((await output.GetChildContentAsync()).GetContent().ToUpperInvariant());
            }
        }

        public class ClockViewComponent : ViewComponent
        {
            public IViewComponentResult Invoke(int hour) => View(hour);
        }
        """;

    /// <summary>C# 14, and names that only implicit usings bring; line 9 may be null.</summary>
    private const string Language = """
        namespace Site.Models;

        public class Visitor
        {
            public required string Name { get; set => field = value.Trim(); }

            public Visitor? Friend { get; set; }

            public static int LengthOf(Visitor visitor) => visitor.Friend.Name.Length;

            public static string Describe<T>() => $"{nameof(List<>)}";
        }

        public static class Greetings
        {
            extension(Visitor visitor)
            {
                public string Greeting => $"Hello, {visitor.Name}.";

                public static Visitor Nobody => new() { Name = "nobody" };
            }
        }
        """;

    private const string ModernView = """
        @{
            Visitor? nobody = null;
            nobody?.Name = "never assigned";
            var visitor = Visitor.Nobody;
            visitor?.Friend = new Visitor { Name = " Grace " };
            List<int> numbers = [1, .. new[] { 2, 3 }];
            Func<string, int, bool> parse = (text, number) => int.TryParse(text, out number);
            var upper = (ReadOnlySpan<char> text) => text.Length;
        }
        <p>@visitor!.Greeting @visitor.Friend!.Greeting @string.Join('+', numbers.Where(number => number > 1)) @upper("four") @(nameof(Dictionary<,>)) @(Visitor.Describe<int>())</p>
        """;

    private const string GeneratedProgram = """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddValidation();
        var app = builder.Build();
        app.MapGet("/json", () => System.Text.Json.JsonSerializer.Serialize(new Order("one", 2), ShopJson.Default.Order));
        app.MapGet("/regex/{text}", (string text) => Words.Number().Replace(text, "#"));
        app.MapGet("/log/{text}", (string text, ILogger<Order> logger) => Messages.Said(logger, text));
        app.MapGet("/valid", ([Range(1, 10)] int number) => $"{number}");
        app.Run();

        public sealed record Order(string Name, int Count);

        [JsonSerializable(typeof(Order))]
        [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
        internal sealed partial class ShopJson : JsonSerializerContext;

        internal static partial class Words
        {
            [GeneratedRegex("[0-9]+")]
            public static partial Regex Number();
        }

        internal static partial class Messages
        {
            [LoggerMessage(7, LogLevel.Information, "Somebody said {Text}.")]
            public static partial void Said(ILogger logger, string text);
        }
        """;
}
