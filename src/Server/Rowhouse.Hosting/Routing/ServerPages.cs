using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Rowhouse.Hosting.Isolation;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Routing;

/// <summary>The server's own pipeline: answers what no app can.</summary>
internal sealed class ServerPages
{
    // Below the common idle time-outs of proxies (60 s).
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(25);

    // An owner who closes an app for work is rarely back sooner, and a crawler should not come back much later.
    private static readonly TimeSpan RetryAfterMaintenance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(10);

    private readonly AppHost _host;
    private readonly AppCatalog _catalog;

    public ServerPages(AppHost host, AppCatalog catalog)
    {
        _host = host;
        _catalog = catalog;
    }

    public Task AnswerAsync(HttpContext context)
    {
        var reason = context.Features.Get<UnservedRequest>();
        switch (reason?.Kind)
        {
            case RouteKind.Redirect:
                context.Response.Redirect(reason.Location + context.Request.QueryString);
                return Task.CompletedTask;
            case RouteKind.Reserved when _host.Config.IsDevelopment && context.Request.Path.StartsWithSegments("/_rowhouse/build", StringComparison.OrdinalIgnoreCase):
                return AnswerPollAsync(context);
            case RouteKind.Reserved when _host.IsChild && context.Request.Path == ChildStatus.Path:
                return context.Response.WriteAsJsonAsync(ChildStatus.Of(_catalog, ChildProcess.App!), context.RequestAborted);
            case RouteKind.App when reason.IsDisabled:
                return AnswerDisabledAsync(context, reason.App!);
            case RouteKind.App:
                return AnswerFailedAsync(context, reason.App!, reason.Failure);
            default:
                return AnswerUnknownAsync(context);
        }
    }

    private static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers[HeaderNames.RetryAfter] = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private Task AnswerUnknownAsync(HttpContext context) =>
        PageWriter.WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            _host.Config.IsDevelopment ? new UnknownAppPage { Path = context.Request.Path.Value ?? "/", Apps = _catalog.GetStatus() }.Render() : UnknownAppPage.Plain);

    private static async Task AnswerDisabledAsync(HttpContext context, HostedApp app)
    {
        SetRetryAfter(context, RetryAfterMaintenance);
        var webRoot = Path.Combine(app.FolderPath, "wwwroot");
        var own = WebLinks.Follow(webRoot, Path.Combine(webRoot, "maintenance.html"));
        if (!File.Exists(own) || !PageNegotiation.Choose(context.Request).Equals(PageFormat.Html))
        {
            await PageWriter.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, UnavailablePage.Disabled).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.SendFileAsync(own, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static Task AnswerFailedAsync(HttpContext context, HostedApp app, AppFailure? failure)
    {
        if (failure is null || !app.IsInDevelopment)
        {
            SetRetryAfter(context, RetryAfterFailure);
            return PageWriter.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, UnavailablePage.Failed);
        }

        var watch = $"/_rowhouse/build?app={app.Name}&after={app.Version}";
        var page = failure.Start is { } fault
            ? new StartErrorPage
            {
                App = app.Name,
                AppFolder = app.FolderPath,
                Fault = fault,
                Reason = failure.Reason,
                Exception = failure.Exception?.ToString(),
                LastGoodServes = app.HasInstance,
                WatchUrl = watch,
            }.Render()
            : new BuildErrorPage { App = app.Name, AppFolder = app.FolderPath, Diagnostics = failure.Diagnostics, LastGoodServes = app.HasInstance, WatchUrl = watch }.Render();
        return PageWriter.WriteAsync(context, StatusCodes.Status500InternalServerError, page);
    }

    private static async Task AskProcessAsync(HttpContext context, ProcessInstance process)
    {
        try
        {
            await process.Begin(context.Features).ProcessAsync().ConfigureAwait(false);
        }
        finally
        {
            process.Exit();
        }
    }

    /// <summary>An error page asks here whether there is something new; held back until there is.</summary>
    private async Task AnswerPollAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (_catalog.Find(context.Request.Query["app"].ToString()) is not { } app
            || !long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (app.EnterProcess() is { } process)
        {
            // The page came from there, and only there is known what has changed.
            await AskProcessAsync(context, process).ConfigureAwait(false);
            return;
        }

        try
        {
            var changed = await app.WaitForChangeAsync(after, LongPoll, context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = changed ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }
}
