using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>An app that uses of ASP.NET Core what a server could get in the way of.</summary>
internal static class OrdinaryApp
{
    public static void Write(TestRoot root, string name)
    {
        root.Write(name, "Program.cs", Program);
        root.Write(name, "DefaultController.cs", Controller);
        root.Write(name, "Views/Default/Index.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n<a asp-action=\"Next\">next</a><img src=\"~/logo.svg\" /><form asp-action=\"Next\"></form>@Url.Content(\"~/x\")|@TempData[\"note\"]|\n");
        root.Write(name, "appsettings.json", """{ "Base": "base", "Both": "base", "Logging": { "LogLevel": { "Default": "Information", "Talkative": "Debug", "Quiet": "Error" } } }""");
        root.Write(name, "appsettings.Staging.json", """{ "Both": "overlay" }""");
        root.Write(name, "own.ini", "[Own]\nFrom=ini\n");
        root.Write(name, "notes/readme.txt", "from the content root");
        root.Write(name, "wwwroot/robots.txt", "from the web root");
    }

    private const string Program = """
        using System.Collections.Concurrent;
        using Microsoft.AspNetCore.Mvc;

        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddIniFile("own.ini").AddInMemoryCollection([new("Memory", "yes"), new("Both2", builder.Configuration["Both"])]);
        builder.Services.AddControllersWithViews();
        builder.Services.AddDistributedMemoryCache().AddSession();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddSingleton<Resource>();
        builder.Services.AddScoped<ScopedResource>();
        builder.Services.AddHostedService<Greeter>();
        builder.Services.AddHostedService<Worker>();
        builder.Services.AddTransient<IStartupFilter, HeaderFilter>();
        builder.Logging.AddProvider(new OwnProvider());

        var app = builder.Build();
        var journal = app.Services.GetRequiredService<Journal>();
        var lifetime = app.Lifetime;
        lifetime.ApplicationStarted.Register(() => journal.Write("started"));
        lifetime.ApplicationStopping.Register(() => journal.Write("stopping"));
        lifetime.ApplicationStopped.Register(() => journal.Write("stopped"));
        app.Services.GetRequiredService<Resource>();

        app.UseStaticFiles();
        app.UseSession();
        app.MapGet("/journal", (Journal journal) => journal.Text);
        app.MapGet("/setting/{key}", (string key, IConfiguration configuration) => configuration[key] ?? "none");
        app.MapGet("/environment", (IWebHostEnvironment environment) => $"{environment.EnvironmentName}|{environment.ApplicationName}|{environment.ContentRootPath}|{environment.WebRootPath}");
        app.MapGet("/file", (IWebHostEnvironment environment) => File.ReadAllText(Path.Combine(environment.ContentRootPath, "notes", "readme.txt"))
            + "|" + new StreamReader(environment.ContentRootFileProvider.GetFileInfo("notes/readme.txt").CreateReadStream()).ReadToEnd());
        app.MapGet("/web-file", (IWebHostEnvironment environment) => new StreamReader(environment.WebRootFileProvider.GetFileInfo("robots.txt").CreateReadStream()).ReadToEnd());
        app.MapGet("/log", (ILoggerFactory loggers) =>
        {
            loggers.CreateLogger("Talkative").LogDebug("a detail of {Number}", 7);
            loggers.CreateLogger("Quiet").LogWarning("not to be seen");
            loggers.CreateLogger("Shop.Orders").LogError(new InvalidOperationException("no stock"), "order {Number} failed", 8);
            return string.Join('|', OwnProvider.Lines.Where(line => line.StartsWith("Shop.Orders")));
        });
        app.MapGet("/link", (LinkGenerator links, HttpContext context) => $"{links.GetPathByName(context, "named", new { id = 3 })}|{links.GetUriByAction(context, "Next", "Default")}");
        app.MapGet("/named/{id}", (int id) => id).WithName("named");
        app.MapGet("/redirect", () => Results.LocalRedirect("~/named/5"));
        app.MapGet("/redirect-route", () => Results.RedirectToRoute("named", new { id = 6 }));
        app.MapGet("/count", (HttpContext context) =>
        {
            var count = (context.Session.GetInt32("count") ?? 0) + 1;
            context.Session.SetInt32("count", count);
            return $"{count}";
        });
        app.MapGet("/scoped", (ScopedResource first, HttpContext context) => ReferenceEquals(first, context.RequestServices.GetRequiredService<ScopedResource>()) ? "same" : "different");
        app.MapGet("/callbacks", (HttpContext context, Journal journal) =>
        {
            context.Response.OnStarting(() => { context.Response.Headers["X-Starting"] = "yes"; return Task.CompletedTask; });
            context.Response.OnCompleted(() => { journal.Write("completed"); return Task.CompletedTask; });
            context.Response.StatusCode = 204;
        });
        app.MapGet("/accessor", async (IHttpContextAccessor accessor) => { await Task.Yield(); return $"{accessor.HttpContext!.Request.Path}"; });
        app.MapGet("/static", () => Interlocked.Increment(ref Counter.Value));
        app.MapControllerRoute("default", "{controller=Default}/{action=Index}/{id?}");
        app.Run();
        journal.Write("Main returned");

        public static class Counter { public static int Value; }

        public sealed class Journal(ILogger<Journal> logger)
        {
            private readonly ConcurrentQueue<string> _lines = [];

            public string Text => string.Join(", ", _lines);

            public void Write(string line) { _lines.Enqueue(line); logger.LogInformation("{Line}", line); }
        }

        public sealed class Resource(Journal journal) : IDisposable
        {
            public void Dispose() => journal.Write("singleton disposed");
        }

        public sealed class ScopedResource(Journal journal) : IAsyncDisposable
        {
            public ValueTask DisposeAsync() { journal.Write("scoped disposed"); return default; }
        }

        public sealed class Greeter(Journal journal) : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) { journal.Write("service starts"); return Task.CompletedTask; }

            public Task StopAsync(CancellationToken cancellationToken) { journal.Write("service stops"); return Task.CompletedTask; }
        }

        public sealed class Worker(Journal journal) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                journal.Write("worker runs");
                await Task.Delay(Timeout.Infinite, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
                journal.Write("worker is told to stop");
            }
        }

        public sealed class HeaderFilter : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use((context, following) => { context.Response.Headers["X-Filter"] = "first"; return following(); });
                next(app);
            };
        }

        public sealed class OwnProvider : ILoggerProvider, ILogger
        {
            public static readonly ConcurrentQueue<string> Lines = [];
            private readonly string _category = "";
            public OwnProvider() { }
            private OwnProvider(string category) => _category = category;
            public ILogger CreateLogger(string categoryName) => new OwnProvider(categoryName);
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
            public bool IsEnabled(LogLevel logLevel) => true;
            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{_category}:{formatter(state, exception)}");
            public void Dispose() { }
        }
        """;

    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;

        public class DefaultController : Controller
        {
            public IActionResult Index() => View();

            public IActionResult Next()
            {
                TempData["note"] = "remembered";
                return RedirectToAction("Index");
            }
        }
        """;
}
