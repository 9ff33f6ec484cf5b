namespace Rowhouse.Hosting;

/// <summary>What visitors see (503) when an app cannot answer now. Says nothing about why: that is for its owner.</summary>
internal static class UnavailablePage
{
    /// <summary>The app failed or takes too long to start.</summary>
    public static PageContent Failed { get; } = Render(
        "Temporarily unavailable", "Something is not as it should be. Please try again in a few minutes.");

    /// <summary>The app's owner took it out of service; used unless the app has a <c>wwwroot/maintenance.html</c>.</summary>
    public static PageContent Disabled { get; } = Render(
        "Closed for maintenance", "Work is being done here. Please come back a little later.");

    private static PageContent Render(string title, string sentence) => new()
    {
        Html = PageLayout.Render(title, HtmlFragment.Of($"<p>{sentence}</p>"), isCalm: true),
        Text = $"{title}. {sentence}\n",
        Detail = $"{title}. {sentence}",
    };
}
