namespace Rowhouse.Hosting;

/// <summary>Reads <c>[routes]</c>.</summary>
internal static class RoutesSection
{
    public static List<RouteSetting> Read(IEnumerable<IniEntry> entries, ConfigProblems problems)
    {
        var routes = new List<RouteSetting>();
        var lines = new Dictionary<(string?, string), int>();
        foreach (var entry in entries)
        {
            if (ReadRoute(entry, problems) is not { } route)
            {
                continue;
            }

            var place = (route.Host, route.PathPrefix.ToUpperInvariant());
            if (lines.TryAdd(place, entry.Line))
            {
                routes.Add(route);
            }
            else
            {
                problems.Add(entry, $"line {lines[place]} already says which app answers here; leave one of the two out");
            }
        }

        return routes;
    }

    private static RouteSetting? ReadRoute(IniEntry entry, ConfigProblems problems)
    {
        if (!AppFolder.IsValidName(entry.Value))
        {
            problems.Add(entry, "expected the name of an app: letters, digits, '-' and '_', at most 64, the first a letter or digit");
            return null;
        }

        if (!RoutePlace.TryParse(entry.Key, out var place, out var error))
        {
            problems.Add(entry, error);
            return null;
        }

        return new RouteSetting(place.Host, place.PathPrefix, entry.Value);
    }
}
