namespace Rowhouse.Hosting.Tests.Running;

/// <summary>The same small app, its Program.cs written in each usual style.</summary>
internal static class ProgramStyles
{
    /// <summary>Beside each Program.cs: the answer, a Startup class, and a line in the log when the app has stopped.</summary>
    public const string Facts = """
        public static class Facts
        {
            public static Task Write(HttpContext context)
            {
                var environment = context.RequestServices.GetRequiredService<IWebHostEnvironment>();
                var greeting = context.RequestServices.GetRequiredService<IConfiguration>()["Greeting"];
                return context.Response.WriteAsync(string.Join('|',
                    context.Request.PathBase, environment.EnvironmentName, environment.ApplicationName, environment.ContentRootPath, greeting, context.RequestServices.GetService<Mark>()?.Text));
            }

            public static void TellEnd(IServiceProvider services)
            {
                var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Facts");
                services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => logger.LogInformation("stopped"));
            }
        }

        public sealed record Mark(string Text);

        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddSingleton(new Mark("startup"));

            public void Configure(IApplicationBuilder app)
            {
                Facts.TellEnd(app.ApplicationServices);
                app.Run(Facts.Write);
            }
        }
        """;

    private const string Web = """
        builder.Services.AddSingleton(new Mark("web"));
        var app = builder.Build();
        Facts.TellEnd(app.Services);
        app.Run(Facts.Write);
        """;

    // Of the ports that these name none may be opened.
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["builder"] = Top("WebApplication.CreateBuilder(args)", "app.Run();"),
        ["builder-without-arguments"] = Top("WebApplication.CreateBuilder()", "app.Run();"),
        ["builder-with-options"] = Top("WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = \"public\" })", "app.Run();"),
        ["builder-with-options-alone"] = Top("WebApplication.CreateBuilder(new WebApplicationOptions { WebRootPath = \"public\" })", "app.Run();"),
        ["slim"] = Top("WebApplication.CreateSlimBuilder(args)", "app.Run();"),
        ["slim-without-arguments"] = Top("WebApplication.CreateSlimBuilder()", "app.Run();"),
        ["slim-with-options"] = Top("WebApplication.CreateSlimBuilder(new WebApplicationOptions { WebRootPath = \"public\" })", "app.Run();"),
        ["run-async"] = Top("WebApplication.CreateBuilder(args)", "await app.RunAsync();"),
        ["run-with-url"] = Top("WebApplication.CreateBuilder(args)", "app.Run(\"http://127.0.0.1:PORT\");"),
        ["start-and-wait"] = Top("WebApplication.CreateBuilder(args)", "await app.StartAsync();\nawait app.WaitForShutdownAsync();"),
        ["run-then-wait"] = Top("WebApplication.CreateBuilder(args)", "var run = app.RunAsync();\nawait app.WaitForShutdownAsync();\nawait run;"),
        ["urls-and-kestrel"] = Top(
            "WebApplication.CreateBuilder(args)",
            "app.Urls.Add(\"http://127.0.0.1:PORT\");\napp.Run();",
            "builder.WebHost.UseUrls(\"http://127.0.0.1:PORT\").ConfigureKestrel(kestrel => { kestrel.ListenLocalhost(PORT); kestrel.Limits.MaxRequestBodySize = 1; });"),
        ["create"] = "var app = WebApplication.Create(args);\nFacts.TellEnd(app.Services);\napp.Run(Facts.Write);\napp.Run();",
        ["create-without-arguments"] = "var app = WebApplication.Create();\nFacts.TellEnd(app.Services);\napp.Run(Facts.Write);\napp.Run();",
        ["host-and-startup"] = "Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();",
        ["host-without-arguments"] = "Host.CreateDefaultBuilder().ConfigureWebHostDefaults(web => web.UseStartup<Startup>().UseUrls(\"http://127.0.0.1:PORT\")).Build().Run();",
        ["bare-host"] = """
            await new HostBuilder()
                .ConfigureAppConfiguration((context, settings) => settings
                    .SetBasePath(context.HostingEnvironment.ContentRootPath)
                    .AddJsonFile("appsettings.json").AddJsonFile($"appsettings.{context.HostingEnvironment.EnvironmentName}.json"))
                .ConfigureLogging(logging => logging.AddConsole())
                .ConfigureWebHost(web => web.UseKestrel().UseStartup<Startup>())
                .RunConsoleAsync();
            """,
        ["web-host"] = "#pragma warning disable ASPDEPR008\nMicrosoft.AspNetCore.WebHost.CreateDefaultBuilder(args).UseStartup<Startup>().Build().Run();",
        ["web-host-without-arguments"] = "#pragma warning disable ASPDEPR008\nMicrosoft.AspNetCore.WebHost.CreateDefaultBuilder().UseUrls(\"http://127.0.0.1:PORT\").UseStartup<Startup>().Build().Run();",
        ["main"] = "namespace Shop;\n\npublic class Program\n{\n    public static void Main(string[] args)\n    {\n        var builder = WebApplication.CreateBuilder(args);\n" + Web + "\n        app.Run();\n    }\n}",
        ["main-without-arguments"] = "internal static class Entry\n{\n    private static int Main()\n    {\n        var builder = WebApplication.CreateBuilder();\n" + Web + "\n        app.Run();\n        return 0;\n    }\n}",
        ["main-async"] = "public class Program\n{\n    public static async Task<int> Main(string[] args)\n    {\n        await Task.Yield();\n        var builder = WebApplication.CreateBuilder(args);\n" + Web + "\n        await app.RunAsync();\n        return 0;\n    }\n}",
    };

    private static string Top(string builder, string run, string more = "") => $"var builder = {builder};\n{more}\n{Web}\n{run}\n";
}
