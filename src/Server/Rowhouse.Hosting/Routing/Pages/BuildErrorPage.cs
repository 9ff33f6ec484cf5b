using System.Globalization;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>What a developer sees instead of an app that does not compile: each message with the source around it.</summary>
internal sealed record BuildErrorPage
{
    /// <summary>How many messages are shown with their source.</summary>
    public const int MaxExcerpts = 20;

    /// <summary>How many messages are shown at all: one missing brace can make thousands.</summary>
    public const int MaxShown = 100;

    private const int MaxMessageLength = 2000;

    /// <summary>The app's name.</summary>
    public required string App { get; init; }

    /// <summary>The app's folder; no source outside it is shown.</summary>
    public required string AppFolder { get; init; }

    /// <summary>What the compilers said.</summary>
    public required IReadOnlyList<BuildDiagnostic> Diagnostics { get; init; }

    /// <summary>Whether an instance of an earlier build still serves.</summary>
    public bool LastGoodServes { get; init; }

    /// <summary>What the page asks whether the app has changed (<see cref="PageScript"/>); null: it does not reload itself.</summary>
    public string? WatchUrl { get; init; }

    /// <summary>Renders the page.</summary>
    public PageContent Render()
    {
        var all = Diagnostics.Distinct().OrderByDescending(diagnostic => diagnostic.Severity).ToList();
        var shown = all.Take(MaxShown)
            .Select((diagnostic, index) => (
                Diagnostic: Shorten(diagnostic),
                Excerpt: index < MaxExcerpts ? SourceExcerpt.Find(AppFolder, diagnostic.File, diagnostic.Line, diagnostic.Column) : null))
            .ToList();
        var title = $"The app '{App}' does not compile";
        var summary = Summarize(all);
        return new PageContent
        {
            Html = PageLayout.Render(title, Body(shown, all.Count, summary), WatchUrl),
            Text = PageContent.ForTerminal(Text(shown, all.Count, $"{title}: {summary}.")),
            Detail = $"{title}: {summary}.",
            Extensions = new Dictionary<string, object?> { ["app"] = App, ["diagnostics"] = shown.Select(item => ForJson(item.Diagnostic)).ToList() },
        };
    }

    private static string Summarize(List<BuildDiagnostic> all)
    {
        var errors = all.Count(diagnostic => diagnostic.Severity == BuildSeverity.Error);
        var warnings = all.Count - errors;
        var summary = Count(errors, "error");
        return warnings > 0 ? $"{summary}, {Count(warnings, "warning")}" : summary;
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Word(BuildDiagnostic diagnostic) => diagnostic.Severity == BuildSeverity.Error ? "error" : "warning";

    private BuildDiagnostic Shorten(BuildDiagnostic diagnostic) => diagnostic with
    {
        File = SourceExcerpt.NameOf(AppFolder, diagnostic.File),
        Message = diagnostic.Message.Length > MaxMessageLength ? diagnostic.Message[..MaxMessageLength] + " …" : diagnostic.Message,
    };

    private HtmlFragment Body(List<(BuildDiagnostic Diagnostic, SourceExcerpt? Excerpt)> shown, int total, string summary) => HtmlFragment.Of($"""
        <p class="lead">{summary}</p>
        {(LastGoodServes ? HtmlFragment.Literal("""<p class="note">Nothing is lost: the last good build goes on serving other requests.</p>""") : default)}
        {PageLayout.Watch(WatchUrl)}
        {HtmlFragment.Join(shown.Select(item => Card(item.Diagnostic, item.Excerpt)))}
        {(total > shown.Count ? HtmlFragment.Of($"""<p class="soft">… and {total - shown.Count} more.</p>""") : default)}
        """);

    private static HtmlFragment Card(BuildDiagnostic diagnostic, SourceExcerpt? excerpt) => HtmlFragment.Of($"""
        <article class="card">
        <h2 class="words"><span class="chip {Word(diagnostic)}">{Word(diagnostic)} {diagnostic.Code}</span> {diagnostic.Message}</h2>
        {PlaceHtml(diagnostic)}
        {ExcerptView.ToHtml(excerpt)}
        </article>

        """);

    private static HtmlFragment PlaceHtml(BuildDiagnostic diagnostic) => diagnostic switch
    {
        { File: "" } => default,
        { Line: 0 } => HtmlFragment.Of($"""<p class="place"><b>{diagnostic.File}</b></p>"""),
        { Column: 0 } => HtmlFragment.Of($"""<p class="place"><b>{diagnostic.File}</b>, line {diagnostic.Line}</p>"""),
        _ => HtmlFragment.Of($"""<p class="place"><b>{diagnostic.File}</b>, line {diagnostic.Line}, column {diagnostic.Column}</p>"""),
    };

    private string Text(List<(BuildDiagnostic Diagnostic, SourceExcerpt? Excerpt)> shown, int total, string summary)
    {
        var text = new StringBuilder(summary).Append('\n');
        if (LastGoodServes)
        {
            text.Append("The last good build goes on serving other requests.\n");
        }

        foreach (var (diagnostic, excerpt) in shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{PlaceText(diagnostic)}{Word(diagnostic)} {diagnostic.Code}: {diagnostic.Message}\n");
            ExcerptView.AppendText(text, excerpt);
        }

        return total > shown.Count
            ? text.Append(CultureInfo.InvariantCulture, $"\n... and {total - shown.Count} more.\n").ToString()
            : text.ToString();
    }

    // MSBuild's way to write a place, which editors and terminals turn into a link.
    private static string PlaceText(BuildDiagnostic diagnostic) => diagnostic switch
    {
        { File: "" } => "",
        { Line: 0 } => $"{diagnostic.File}: ",
        _ => string.Create(CultureInfo.InvariantCulture, $"{diagnostic.File}({diagnostic.Line},{diagnostic.Column}): "),
    };

    private static Dictionary<string, object> ForJson(BuildDiagnostic diagnostic) => new()
    {
        ["severity"] = Word(diagnostic),
        ["code"] = diagnostic.Code,
        ["file"] = diagnostic.File,
        ["line"] = diagnostic.Line,
        ["column"] = diagnostic.Column,
        ["message"] = diagnostic.Message,
    };
}
