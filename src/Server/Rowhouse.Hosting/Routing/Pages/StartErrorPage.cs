using System.Text;

namespace Rowhouse.Hosting;

/// <summary>What a developer sees instead of an app that compiled but did not start.</summary>
internal sealed record StartErrorPage
{
    // An exception of endless recursion has megabytes; its first frames tell all.
    private const int MaxExceptionLength = 32 * 1024;

    /// <summary>The app's name.</summary>
    public required string App { get; init; }

    /// <summary>The app's folder; no source outside it is shown.</summary>
    public required string AppFolder { get; init; }

    /// <summary>In which way the start went wrong.</summary>
    public required StartFault Fault { get; init; }

    /// <summary>What happened, in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>The exception with its stack trace, as <see cref="Exception.ToString"/> writes it; null if there was none.</summary>
    public string? Exception { get; init; }

    /// <summary>Whether an earlier instance still serves.</summary>
    public bool LastGoodServes { get; init; }

    /// <summary>What the page asks whether the app has changed (<see cref="PageScript"/>); null: it does not reload itself.</summary>
    public string? WatchUrl { get; init; }

    private string Title => $"The app '{App}' did not start";

    // The error begins with the same words as the page.
    private string Cause => Reason.StartsWith(Title + ": ", StringComparison.Ordinal) ? Reason[(Title.Length + 2)..] : Reason;

    /// <summary>Renders the page.</summary>
    public PageContent Render()
    {
        var exception = Exception?.Length > MaxExceptionLength ? Exception[..MaxExceptionLength] + "\n…" : Exception;
        var own = exception is null ? null : StackFrames.FindOwn(AppFolder, exception);
        return new PageContent
        {
            Html = PageLayout.Render(Title, Body(exception, own), WatchUrl),
            Text = PageContent.ForTerminal(Text(exception, own)),
            Detail = $"{Title}: {Cause}",
            Extensions = new Dictionary<string, object?> { ["app"] = App, ["fault"] = FaultName(), ["exception"] = exception },
        };
    }

    private string FaultName() => Fault switch
    {
        StartFault.TimedOut => "timed-out",
        StartFault.Exited => "exited",
        StartFault.Returned => "returned",
        _ => "threw",
    };

    private string Advice() => Fault switch
    {
        StartFault.TimedOut =>
            "A start ends when the app's host runs. Look for work or waiting before app.Run(): move it to a BackgroundService, "
            + "or give the app more time with 'start-timeout' in rowhouse.ini.",
        StartFault.Exited =>
            "An app shares the server's process and cannot end it. Throw an exception instead of calling Environment.Exit; the server shows it here.",
        StartFault.Returned =>
            "Main ended without a web host. A web app's Program.cs builds one and ends with app.Run(); "
            + "without a Program.cs the app gets the default one.",
        _ => "The exception came out of the app's own start, before its first request.",
    };

    private HtmlFragment Body(string? exception, (string File, int Line, SourceExcerpt Excerpt)? own) => HtmlFragment.Of($"""
        <p class="lead">{Advice()}</p>
        {(LastGoodServes ? HtmlFragment.Literal("""<p class="note">Nothing is lost: the last good instance goes on serving other requests.</p>""") : default)}
        {PageLayout.Watch(WatchUrl)}
        <article class="card">
        <h2 class="words"><span class="chip error">{FaultName()}</span> {Cause}</h2>
        {(own is var (file, line, excerpt) ? HtmlFragment.Of($"""
            <p class="place"><b>{file}</b>, line {line}</p>
            {ExcerptView.ToHtml(excerpt)}
            """) : default)}
        </article>
        {(exception is null ? default : HtmlFragment.Of($"""
            <section class="card">
            <h2>The exception</h2>
            <pre class="stack" tabindex="0" role="region" aria-label="Stack trace"><code>{HtmlFragment.Join(exception.Split('\n').Select(StackLine))}</code></pre>
            </section>
            """))}
        """);

    private HtmlFragment StackLine(string line)
    {
        var kind = !StackFrames.IsFrame(line) ? "message" : IsOwn(line) ? "own" : "other";
        return HtmlFragment.Of($"""<span class="{kind}">{line.TrimEnd('\r')}</span>{"\n"}""");
    }

    private bool IsOwn(string line) =>
        StackFrames.FindPlace(line) is var (file, _) && SourceExcerpt.NameOf(AppFolder, file) != file;

    private string Text(string? exception, (string File, int Line, SourceExcerpt Excerpt)? own)
    {
        var text = new StringBuilder().Append(Title).Append(": ").Append(Cause).Append('\n').Append(Advice()).Append('\n');
        if (LastGoodServes)
        {
            text.Append("The last good instance goes on serving other requests.\n");
        }

        if (own is var (file, _, excerpt))
        {
            text.Append('\n').Append(file).Append('\n');
            ExcerptView.AppendText(text, excerpt);
        }

        return exception is null ? text.ToString() : text.Append('\n').Append(exception).Append('\n').ToString();
    }
}
