using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>Templates with a little more in them, made by the same <c>dotnet new</c>.</summary>
internal static class TemplateCopies
{
    /// <summary>mvc with a form, and an action that throws.</summary>
    public const string Mvc = "mvcform";

    /// <summary>webapp with a form, and a page that throws.</summary>
    public const string Pages = "pagesform";

    /// <summary>grpc with a call that streams.</summary>
    public const string Grpc = "grpcstream";

    private const string FormController = """
        using Microsoft.AspNetCore.Mvc;

        namespace mvcform.Controllers;

        public class FormController : Controller
        {
            public IActionResult Index() => View();

            [HttpPost]
            [ValidateAntiForgeryToken]
            [ActionName("Index")]
            public IActionResult Post(string name)
            {
                TempData["name"] = name;
                return RedirectToAction("Index");
            }

            public IActionResult Throw() => throw new InvalidOperationException("a secret");
        }
        """;

    private const string FormView = """
        <p id="greeting">Hello, @(TempData["name"] ?? "nobody").</p>
        <form asp-action="Index" method="post"><input name="name"><button>Send</button></form>
        """;

    private const string FormPage = """
        @page
        @functions {
            [TempData]
            public string? Visitor { get; set; }

            public IActionResult OnPost(string name)
            {
                Visitor = name;
                return RedirectToPage();
            }
        }
        @using Microsoft.AspNetCore.Mvc
        <p id="greeting">Hello, @(Visitor ?? "nobody").</p>
        <form method="post"><input name="name"><button>Send</button></form>
        """;

    private const string SayHellos = """
            public override async Task SayHellos(HelloRequest request, IServerStreamWriter<HelloReply> responses, ServerCallContext context)
            {
                for (var i = 1; i <= 3; i++)
                {
                    await responses.WriteAsync(new HelloReply { Message = $"Hello {request.Name} {i}" }, context.CancellationToken);
                }

                context.ResponseTrailers.Add("count", "3");
            }

        """;

    public static async Task WriteAsync(TestRoot root)
    {
        await DotnetNew.MakeAsync("mvc", root.AppFolder(Mvc));
        root.Write(Mvc, "Controllers/FormController.cs", FormController);
        root.Write(Mvc, "Views/Form/Index.cshtml", FormView);

        await DotnetNew.MakeAsync("webapp", root.AppFolder(Pages));
        root.Write(Pages, "Pages/Form.cshtml", FormPage);
        root.Write(Pages, "Pages/Throw.cshtml", "@page\n@{ throw new InvalidOperationException(\"a secret\"); }\n");

        await DotnetNew.MakeAsync("grpc", root.AppFolder(Grpc));
        Change(root, "Protos/greet.proto", "  rpc SayHello (", "  rpc SayHellos (HelloRequest) returns (stream HelloReply);\n  rpc SayHello (");
        Change(root, "Services/GreeterService.cs", "    public override Task<HelloReply> SayHello(", SayHellos + "\n    public override Task<HelloReply> SayHello(");
    }

    private static void Change(TestRoot root, string file, string old, string changed)
    {
        var text = File.ReadAllText(Path.Combine(root.AppFolder(Grpc), file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        root.Write(Grpc, file, text.Replace(old, changed, StringComparison.Ordinal));
    }
}
