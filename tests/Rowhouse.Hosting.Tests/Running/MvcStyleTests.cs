using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>MVC finds the app's controllers and views whatever builds its host: it looks for them by the name of an assembly.</summary>
public sealed class MvcStyleTests : IDisposable
{
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["host"] = "Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();",
        ["services-first"] = "Host.CreateDefaultBuilder().ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).ConfigureServices(services => services.AddRazorPages()).Build().Run();",
        ["bare"] = "new HostBuilder().ConfigureWebHost(web => web.UseKestrel().UseStartup<Startup>()).Build().Run();",
        ["slim"] = "var builder = WebApplication.CreateSlimBuilder(args);\nvar startup = new Startup();\nstartup.ConfigureServices(builder.Services);\nvar app = builder.Build();\nstartup.Configure(app);\napp.Run();",
        ["web"] = "#pragma warning disable ASPDEPR008\nMicrosoft.AspNetCore.WebHost.CreateDefaultBuilder(args).UseStartup<Startup>().Build().Run();",
    };

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Controllers_and_views_are_found_in_every_style()
    {
        foreach (var (style, program) in Programs)
        {
            _root.Write(style, "Program.cs", program + Startup);
            _root.Write(style, "Views/Home/Index.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n<a asp-action=\"Index\" asp-route-id=\"1\">@GetType().Assembly.GetName().Name</a>\n");
        }

        await using var server = await TestServer.StartAsync(_root);

        foreach (var style in Programs.Keys)
        {
            await server.WaitForTextAsync($"/{style}/", $"<a href=\"/{style}/Home/Index/1\">{style}</a>\n");
        }

        Assert.Empty(server.Log.Errors);
    }

    private const string Startup = """


        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddControllersWithViews();

            public void Configure(IApplicationBuilder app)
            {
                app.UseRouting();
                app.UseEndpoints(endpoints => endpoints.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"));
            }
        }

        public class HomeController : Microsoft.AspNetCore.Mvc.Controller
        {
            public Microsoft.AspNetCore.Mvc.IActionResult Index() => View();
        }
        """;
}
