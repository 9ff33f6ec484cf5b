using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Welcome.Models;
using Welcome.Services;

namespace Welcome.Controllers;

/// <summary>What a newcomer sees. Everything beyond "it works" is for developers: other environments do not have it.</summary>
public sealed class DefaultController : Controller
{
    private readonly IWebHostEnvironment _environment;
    private readonly ManagementClient _management;
    private readonly DocsFolder _docs;

    public DefaultController(IConfiguration configuration, IWebHostEnvironment environment)
    {
        _environment = environment;
        _management = new ManagementClient(configuration["Rowhouse:ManagementSocket"]);
        _docs = new DocsFolder(environment.ContentRootPath);
    }

    /// <summary>The start page.</summary>
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        if (!_environment.IsDevelopment())
        {
            return View("ItWorks");
        }

        return View(new StartPage(await LookAsync(cancellationToken), _docs.List()));
    }

    /// <summary>The parts of the start page that change; its script asks for them.</summary>
    [HttpGet("live")]
    public async Task<IActionResult> Live(CancellationToken cancellationToken) =>
        _environment.IsDevelopment() ? PartialView("_Live", await LookAsync(cancellationToken)) : NotFound();

    /// <summary>The first steps, on one page.</summary>
    [AcceptVerbs("GET", "HEAD", Route = "guide")]
    public IActionResult Guide() => _environment.IsDevelopment() ? View(_docs.List()) : NotFound();

    /// <summary>One page of the documentation, as it is written.</summary>
    [AcceptVerbs("GET", "HEAD", Route = "docs/{**path}")]
    public IActionResult Docs(string path)
    {
        var page = _environment.IsDevelopment() ? _docs.Find(path) : null;
        return page is null ? NotFound() : PhysicalFile(page.File, "text/plain; charset=utf-8");
    }

    public override void OnActionExecuting(ActionExecutingContext context)
    {
        Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers["Referrer-Policy"] = "same-origin";
        Response.Headers.CacheControl = "no-store";
    }

    private async Task<LiveView> LookAsync(CancellationToken cancellationToken)
    {
        var apps = await _management.ListAppsAsync(cancellationToken);
        return new LiveView(
            ServerFacts.Read(_environment.EnvironmentName),
            apps?.Select(app => new AppRow(app, AppAddress.Find(app, Request), ShortenFiles(app.Reason))).ToList(),
            _management.IsConfigured);
    }

    // Files of apps are named from applications/ on: the rest of the path is the same for all of them, and long.
    private string? ShortenFiles(string? reason) =>
        reason?.Replace(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(_environment.ContentRootPath)) + Path.DirectorySeparatorChar, "");
}
