namespace Rowhouse.Hosting.Building.Sources;

/// <summary>What every source app gets beside its own files.</summary>
internal static class DefaultProgram
{
    public const string FileName = "Program.default.cs";
    public const string ShellFileName = "App.generated.cs";

    // The implicit usings of Microsoft.NET.Sdk.Web.
    private static readonly string[] ImplicitUsings =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging", "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
        "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
    ];

    /// <summary>Global usings and what MSBuild would say of the assembly.</summary>
    public static string Shell(string viewsAssembly) =>
        string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"))
        + $"""
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("{viewsAssembly}")]
        [assembly: System.Runtime.Versioning.TargetFramework(".NETCoreApp,Version=v10.0", FrameworkDisplayName = ".NET 10.0")]
        [assembly: Microsoft.AspNetCore.Mvc.ApplicationParts.ProvideApplicationPartFactory("Microsoft.AspNetCore.Mvc.ApplicationParts.ConsolidatedAssemblyApplicationPartFactory, Microsoft.AspNetCore.Mvc.Razor")]

        """;

    /// <summary>Global usings alone, for the views that are compiled beside a running app.</summary>
    public static string Usings() => string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));

    /// <summary>The program of an app that has none: MVC, Razor Pages, static files; components where there is a <c>Components/App.razor</c>.</summary>
    public static string Source(string rootNamespace, bool hasRootComponent) => $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning")], // as in the appsettings.json of the SDK's templates
        });
        builder.AddAppConfig();
        builder.Services.AddControllersWithViews();
        builder.Services.AddRazorPages();
        {{(hasRootComponent ? "builder.Services.AddRazorComponents().AddInteractiveServerComponents();" : "")}}
        var app = builder.Build();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseStaticFiles();
        app.UseRouting();
        app.UseAuthorization();
        {{(hasRootComponent ? "app.UseAntiforgery();" : "")}}
        {{(hasRootComponent ? $"app.MapRazorComponents<{rootNamespace}.Components.App>().AddInteractiveServerRenderMode();" : "")}}
        app.MapRazorPages();
        app.MapControllerRoute("default", "{controller=Default}/{action=Index}/{id?}");
        app.Run();

        """;
}
