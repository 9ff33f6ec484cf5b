using Microsoft.Playwright;
using Rowhouse.EndToEnd.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Rowhouse.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium without a window; one for all tests.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    // A page may have to wait until its app is compiled, on a machine with other work. Most are there at once.
    private const float PatienceMilliseconds = 120_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
        "--disable-sync", "--no-first-run", "--no-default-browser-check", "--disable-dev-shm-usage",
    ];

    private readonly SemaphoreSlim _start = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens a tab with cookies and a cache of its own.</summary>
    /// <param name="origin">Where relative addresses start.</param>
    /// <param name="width">The window's width in CSS pixels. The default is that of a laptop.</param>
    /// <param name="scheme">Light or dark. The default is light.</param>
    public async Task<Tab> OpenAsync(Uri origin, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is missing; install it: apt-get install chromium");
        var browser = await FindAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = origin.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 800 },
            IsMobile = width < 600,
            HasTouch = width < 600,
            ColorScheme = scheme,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        return new Tab(context, await context.NewPageAsync(), origin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _start.Dispose();
    }

    private async Task<IBrowser> FindAsync()
    {
        await _start.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
        }
        finally
        {
            _start.Release();
        }
    }
}
