using System.Globalization;

namespace Welcome.Models;

/// <summary>An app in the list.</summary>
/// <param name="App">The app.</param>
/// <param name="Address">Where to open it; null if no address is known.</param>
/// <param name="Reason">Why it is in this state, if there is more to say.</param>
public sealed record AppRow(HostedApp App, string? Address, string? Reason)
{
    private static readonly string[] KnownStates = ["idle", "starting", "running", "failed", "disabled", "stopped"];

    /// <summary>The style of the state's chip: never anything but a known word.</summary>
    public string StateClass => KnownStates.Contains(App.State) ? App.State : "stopped";

    /// <summary>What else is worth knowing, in a few words.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            yield return App.Kind is null ? "nothing to run" : $"{App.Kind} app";
            if (App.Isolation == "process")
            {
                yield return App.ProcessMemoryBytes is { } bytes ? $"own process, {ByteSize.Format(bytes)}" : "own process";
            }

            if (App.Instance > 1)
            {
                yield return Count(App.Instance - 1, "reload");
            }

            if (App.ActiveRequests > 0)
            {
                yield return Count(App.ActiveRequests, "request");
            }

            if (App.Restarts > 0)
            {
                yield return Count(App.Restarts, "restart");
            }

            if (App.LeakedInstances > 0)
            {
                yield return $"{Count(App.LeakedInstances, "old instance")} still in memory";
            }
        }
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
