using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

/// <summary>A root whose apps say who they are, where they think they are mounted and what they were asked for.</summary>
internal static class RoutedApps
{
    // UseStaticFiles as open as it gets: whatever is refused is refused by where the files lie, not by their names.
    public const string Program = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;

        var app = WebApplication.CreateBuilder(args).Build();
        app.UseStaticFiles(new StaticFileOptions { ServeUnknownFileTypes = true });
        app.UseRouting();
        app.MapGet("/link", (LinkGenerator links, HttpContext c) => links.GetPathByName(c, "link", null)).WithName("link");
        app.MapFallback("{**path}", (HttpContext c) => $"{typeof(Program).Assembly.GetName().Name}|{c.Request.PathBase}|{c.Request.Path}");
        app.Run();
        """;

    public static TestRoot Write(params string[] apps)
    {
        var root = new TestRoot();
        foreach (var app in apps)
        {
            root.Write(app, "Program.cs", Program);
        }

        return root;
    }
}
