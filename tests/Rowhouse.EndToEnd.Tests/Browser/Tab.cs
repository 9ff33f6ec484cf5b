using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Rowhouse.EndToEnd.Tests.Browser;

/// <summary>A tab of the browser that takes down what went wrong in it.</summary>
public sealed class Tab : IAsyncDisposable
{
    // A folder for screenshots, for somebody who wants to look at the pages.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("ROWHOUSE_SHOTS");

    private readonly IBrowserContext _context;
    private readonly Uri _origin;
    private readonly ConcurrentQueue<string> _complaints = [];

    internal Tab(IBrowserContext context, IPage page, Uri origin)
    {
        _context = context;
        _origin = origin;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"exception: {error}");
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"failed: {request.Url}: {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
        page.Request += (_, request) => Note(IsElsewhere(request.Url), $"another origin: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Opens the address and waits until it and all that it needs is loaded.</summary>
    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(path))!;

    /// <summary>No message of the browser, no request that failed, none to another origin since the tab was opened.</summary>
    public void AssertQuiet() => Assert.Empty(_complaints);

    /// <summary>Nothing is wider than the window.</summary>
    public async Task AssertFitsAsync()
    {
        var wider = await Page.EvaluateAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? []
              : ["the page: " + document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")]
                  .filter(element => element.getBoundingClientRect().right > innerWidth + 1).map(element => element.outerHTML.slice(0, 120))]
            """);
        Assert.Empty(wider);
    }

    /// <summary>Keeps a picture of the whole page if somebody wants one (the variable ROWHOUSE_SHOTS).</summary>
    public async Task ShootAsync(string name)
    {
        if (Shots is not null)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(bool isWrong, string complaint)
    {
        if (isWrong)
        {
            _complaints.Enqueue(complaint);
        }
    }

    private bool IsElsewhere(string url) =>
        new Uri(url) is var uri && uri.Scheme is not ("data" or "blob" or "about") && uri.Authority != _origin.Authority;
}
