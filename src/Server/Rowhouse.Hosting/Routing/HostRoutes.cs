namespace Rowhouse.Hosting;

/// <summary>Routes by host name: the exact name, else the longest wildcard above it; letter case is ignored.</summary>
internal sealed class HostRoutes<TApp>
    where TApp : class
{
    private readonly Dictionary<string, PrefixRoutes<TApp>>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly Dictionary<string, PrefixRoutes<TApp>>.AlternateLookup<ReadOnlySpan<char>> _below;
    private readonly bool _isEmpty;
    private readonly bool _hasWildcards;

    public HostRoutes(IEnumerable<(string Host, string Prefix, RouteMatch<TApp> Match)> routes)
    {
        var exact = new Dictionary<string, PrefixRoutes<TApp>>(StringComparer.OrdinalIgnoreCase);
        var below = new Dictionary<string, PrefixRoutes<TApp>>(StringComparer.OrdinalIgnoreCase);
        foreach (var host in routes.GroupBy(route => route.Host, StringComparer.OrdinalIgnoreCase))
        {
            var prefixes = new PrefixRoutes<TApp>(host.Select(route => (route.Prefix, route.Match)));
            var isWildcard = host.Key.StartsWith("*.", StringComparison.Ordinal);
            (isWildcard ? below : exact)[isWildcard ? host.Key[2..] : host.Key] = prefixes;
        }

        _isEmpty = exact.Count == 0 && below.Count == 0;
        _hasWildcards = below.Count > 0;
        _exact = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _below = below.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The routes of a host that has any of its own.</summary>
    /// <param name="header">The Host header, with or without a port.</param>
    public PrefixRoutes<TApp>? Find(ReadOnlySpan<char> header)
    {
        if (_isEmpty)
        {
            return null;
        }

        var name = HostName.Of(header);
        return _exact.TryGetValue(name, out var routes) ? routes
            : _hasWildcards ? FindBelow(name)
            : null;
    }

    private PrefixRoutes<TApp>? FindBelow(ReadOnlySpan<char> name)
    {
        // From the left: what is above the name by one label is longer than what is above it by two.
        for (var dot = name.IndexOf('.'); dot > 0; dot = name.IndexOf('.'))
        {
            name = name[(dot + 1)..];
            if (_below.TryGetValue(name, out var routes))
            {
                return routes;
            }
        }

        return null;
    }
}
