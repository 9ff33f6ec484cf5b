namespace Rowhouse.Hosting;

/// <summary>What is special in the grammar of <c>rowhouse.ini</c>.</summary>
internal static class ServerIni
{
    public static IniGrammar Grammar { get; } = new(
        "[server], [routes], [keys], [apps] or [app:NAME]",

        // A list of listeners may go on below `listen =`, one in a line. Their options hold '=', so they would pass for keys.
        (above, _, line) => above.Key.Equals("listen", StringComparison.OrdinalIgnoreCase) && ListenerUriParser.LooksLikeListener(line));
}
