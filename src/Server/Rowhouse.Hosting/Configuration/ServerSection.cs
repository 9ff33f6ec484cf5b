using System.Globalization;

namespace Rowhouse.Hosting;

/// <summary>Reads <c>[server]</c>.</summary>
internal sealed record ServerSection(IReadOnlyList<ListenerUri>? Listeners, string? Environment, int? Nodes)
{
    private const string Listen = "listen";
    private const string EnvironmentKey = "environment";
    private const string NodesKey = "nodes";

    // More than any farm of one application server; a larger number is a slip.
    private const int MaxNodes = 1000;

    private static readonly char[] Separators = [' ', '\t', ','];

    public static string[] Keys { get; } = [Listen, EnvironmentKey, NodesKey];

    public static ServerSection Read(IReadOnlyList<IniEntry> entries, ConfigProblems problems)
    {
        var section = new ServerSection(null, null, null);
        foreach (var entry in entries)
        {
            section = entry.Key.ToLowerInvariant() switch
            {
                Listen => section with { Listeners = [.. section.Listeners ?? [], .. ReadListeners(entry, problems)] },
                EnvironmentKey => section with { Environment = ReadEnvironment(entry, problems) },
                NodesKey => section with { Nodes = ReadNodes(entry, problems) },
                _ => AddUnknown(section, entry, problems),
            };
        }

        if (section.Listeners is [] && entries.First(entry => entry.Key.Equals(Listen, StringComparison.OrdinalIgnoreCase)) is { Value: "" } empty)
        {
            problems.Add(empty, $"expected one or more listeners, separated by spaces, commas or new lines, such as {ServerConfig.DefaultListener}");
        }

        return section;
    }

    private static List<ListenerUri> ReadListeners(IniEntry entry, ConfigProblems problems)
    {
        var listeners = new List<ListenerUri>();
        foreach (var text in entry.Value.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                listeners.Add(ListenerUri.Parse(text));
            }
            catch (RowhouseException e)
            {
                problems.Add(entry.Line, $"[{entry.Section}] {Listen}: {e.Code}: {e.Message}");
            }
        }

        return listeners;
    }

    private static string? ReadEnvironment(IniEntry entry, ConfigProblems problems)
    {
        if (EnvironmentName.IsValid(entry.Value))
        {
            return entry.Value;
        }

        problems.Add(entry, $"expected {EnvironmentName.Allowed}");
        return null;
    }

    private static int? ReadNodes(IniEntry entry, ConfigProblems problems)
    {
        if (int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) && nodes is >= 1 and <= MaxNodes)
        {
            return nodes;
        }

        problems.Add(entry, $"expected how many servers serve this root, a whole number from 1 to {MaxNodes}");
        return null;
    }

    private static ServerSection AddUnknown(ServerSection section, IniEntry entry, ConfigProblems problems)
    {
        var elsewhere = AppSettingKey.Names.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) ? $"; '{entry.Key}' belongs into [apps] or [app:NAME]" : "";
        problems.AddUnknownKey(entry, Keys, elsewhere);
        return section;
    }
}
