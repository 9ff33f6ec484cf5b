namespace Rowhouse.Hosting;

/// <summary>Routes by path prefix: the longest that ends where a segment of the path ends wins; letter case is ignored.</summary>
internal sealed class PrefixRoutes<TApp>
    where TApp : class
{
    private readonly Dictionary<string, RouteMatch<TApp>>.AlternateLookup<ReadOnlySpan<char>> _matches;
    private readonly int[] _lengths;

    public PrefixRoutes(IEnumerable<(string Prefix, RouteMatch<TApp> Match)> routes)
    {
        var matches = new Dictionary<string, RouteMatch<TApp>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (prefix, match) in routes)
        {
            matches.TryAdd(prefix, match);
        }

        _lengths = [.. matches.Keys.Select(prefix => prefix.Length).Distinct().OrderDescending()];
        _matches = matches.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryFind(string path, out RouteMatch<TApp> match)
    {
        foreach (var length in _lengths)
        {
            var endsSegment = length == path.Length || (length < path.Length && path[length] == '/');
            if (endsSegment && _matches.TryGetValue(path.AsSpan(0, length), out match))
            {
                return true;
            }
        }

        match = default;
        return false;
    }
}
