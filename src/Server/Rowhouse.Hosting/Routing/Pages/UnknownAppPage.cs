using System.Globalization;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>The answer to a path that belongs to no app.</summary>
internal sealed record UnknownAppPage
{
    // A server may hold hundreds of apps; the page helps with the common case.
    private const int MaxApps = 50;

    private const int MaxPathLength = 200;

    /// <summary>What visitors see: nothing about the server or its apps.</summary>
    public static PageContent Plain { get; } = new()
    {
        Html = PageLayout.Render("Page not found", HtmlFragment.Literal("<p>There is nothing at this address.</p>"), isCalm: true),
        Text = "Not found\n",
    };

    /// <summary>The path that was asked for.</summary>
    public required string Path { get; init; }

    /// <summary>The apps there are.</summary>
    public required IReadOnlyList<AppStatus> Apps { get; init; }

    private string ShownPath => Path.Length > MaxPathLength ? Path[..MaxPathLength] + "…" : Path;

    private string Name => Path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");

    private AppStatus? Meant => ClosestName.Find(Name, Apps.Select(app => app.Name)) is { } name
        ? Apps.First(app => app.Name == name)
        : null;

    /// <summary>Renders the page for developers.</summary>
    public PageContent Render()
    {
        var title = Name.Length == 0 ? "No app at /" : "No such app";
        return new PageContent
        {
            Html = PageLayout.Render(title, Body()),
            Text = PageContent.ForTerminal(Text()),
            Detail = PageContent.ForTerminal(Sentence()),
            Extensions = new Dictionary<string, object?> { ["apps"] = Apps.Take(MaxApps).Select(app => app.Name).ToList() },
        };
    }

    private static string? FindPath(AppStatus app) => app.Routes.FirstOrDefault(route => route.StartsWith('/') && !route.StartsWith("//", StringComparison.Ordinal));

    private static HtmlFragment Link(AppStatus app) => FindPath(app) is { } path
        ? HtmlFragment.Of($"""<a href="{path}">{app.Name}</a>""")
        : HtmlFragment.Of($"""<span>{app.Name} <span class="soft">{string.Join(", ", app.Routes)}</span></span>""");

    private static string StateName(AppStatus app) => app.State.ToString().ToLowerInvariant();

    private string Sentence() => Name.Length == 0
        ? "No app answers at /. Name a default app in rowhouse.ini: [routes] / = NAME."
        : $"No app answers at {ShownPath}.";

    private HtmlFragment Body() => HtmlFragment.Of($"""
        {(Name.Length == 0 ? DefaultAppHtml() : HtmlFragment.Of($"""<p class="lead">No app answers at <code>{ShownPath}</code>.</p>"""))}
        {(Meant is { } meant ? HtmlFragment.Of($"""<p class="note">Did you mean {Link(meant)}?</p>""") : default)}
        {AppsHtml()}
        {(AppFolder.IsValidName(Name) ? HtmlFragment.Of($"""
            <section class="card">
            <h2>Make this app</h2>
            <div><p>It is live as soon as its folder is there. In the server's root:</p><kbd>rowhouse new {Name}</kbd></div>
            </section>
            """) : default)}
        """);

    private static HtmlFragment DefaultAppHtml() => HtmlFragment.Literal("""
        <p class="lead">Each app answers under its name. To have one answer here, name it in <code>rowhouse.ini</code>:</p>
        <kbd>[routes]<br>/ = NAME</kbd>
        """);

    private HtmlFragment AppsHtml() => Apps.Count == 0
        ? HtmlFragment.Literal("""<p>There are no apps yet: the folder <code>applications</code> is empty.</p>""")
        : HtmlFragment.Of($"""
            <section class="card">
            <h2>The apps of this server</h2>
            <ul class="apps">{HtmlFragment.Join(Apps.Take(MaxApps).Select(AppHtml))}</ul>
            {(Apps.Count > MaxApps ? HtmlFragment.Of($"""<p class="soft">… and {Apps.Count - MaxApps} more: <code>rowhouse apps list</code></p>""") : default)}
            </section>
            """);

    private static HtmlFragment AppHtml(AppStatus app) =>
        HtmlFragment.Of($"""<li>{Link(app)}<span class="chip {StateName(app)}">{StateName(app)}</span></li>""");

    private string Text()
    {
        var text = new StringBuilder(Sentence()).Append('\n');
        if (Meant is { } meant)
        {
            text.Append("Did you mean ").Append(FindPath(meant) ?? meant.Name).Append("?\n");
        }

        text.Append(Apps.Count == 0 ? "There are no apps yet.\n" : "\nThe apps of this server:\n");
        foreach (var app in Apps.Take(MaxApps))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {app.Name}  {string.Join(", ", app.Routes)}  ({StateName(app)})\n");
        }

        if (Apps.Count > MaxApps)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ... and {Apps.Count - MaxApps} more: rowhouse apps list\n");
        }

        return AppFolder.IsValidName(Name) ? text.Append("\nTo make this app:  rowhouse new ").Append(Name).Append('\n').ToString() : text.ToString();
    }
}
