namespace Rowhouse.Hosting;

/// <summary>The frame of the server's own pages.</summary>
internal static class PageLayout
{
    private const string Houses = """
        <svg viewBox="0 0 52 34" width="52" height="34" aria-hidden="true" focusable="false">
          <path fill="#b5482b" d="M2 33V15l7.5-9 7.5 9v18z"/>
          <path fill="#d9973f" d="M18 33V11h3V7h3V3h4v4h3v4h3v22z"/>
          <path fill="#3f7289" d="M35 33V15c0-5 3-8.500 7.500-8.500S50 10 50 15v18z"/>
          <path fill="#fff6e6" d="M6 17h3v4H6zm4.500 0h3v4h-3zM22 13h3v4h-3zm5 0h3v4h-3zm-5 7h3v4h-3zm5 0h3v4h-3zm12-3h3v4h-3zm4.500 0h3v4h-3z"/>
          <path fill="#4a1f12" d="M7.500 33v-7h4v7zm17 0v-6h3.500v6zm16 0v-7h4v7z"/>
        </svg>
        """;

    /// <summary>The whole document around <paramref name="body"/>.</summary>
    /// <param name="title">The heading, also the title of the browser's tab.</param>
    /// <param name="body">What stands below the heading.</param>
    /// <param name="watchUrl">What <see cref="PageScript"/> asks; null: the page has no script.</param>
    /// <param name="isCalm">Whether the page is for visitors: a few words in the middle.</param>
    public static string Render(string title, HtmlFragment body, string? watchUrl = null, bool isCalm = false) => HtmlFragment.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <link rel="icon" href="data:,">
        <style>{HtmlFragment.Literal(PageStyle.Css)}</style>
        </head>
        <body>
        <main class="{(isCalm ? "calm" : "")}">
        <header>{HtmlFragment.Literal(Houses)}<h1>{title}</h1></header>
        {body}
        </main>
        {Script(watchUrl)}
        </body>
        </html>

        """).ToString();

    /// <summary>The place where <see cref="PageScript"/> says what it does; without scripts it asks for a reload by hand.</summary>
    public static HtmlFragment Watch(string? url) => url is null
        ? default
        : HtmlFragment.Of($"""<p class="watch" id="watch" role="status" data-url="{url}">Reload this page when you have saved a change.</p>""");

    private static HtmlFragment Script(string? watchUrl) =>
        watchUrl is null ? default : HtmlFragment.Of($"<script>{HtmlFragment.Literal(PageScript.JavaScript)}</script>");
}
