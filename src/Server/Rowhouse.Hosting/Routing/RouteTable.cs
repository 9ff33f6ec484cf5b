using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Rowhouse.Hosting;

/// <summary>
/// Says which app answers a request. Immutable: another configuration or another set of apps makes another table.
/// A host with rules of its own serves only what these say. On every other host: path prefixes of <c>[routes]</c>, then the
/// first segment as the name of an app, then the app at the root.
/// </summary>
/// <typeparam name="TApp">What stands for an app; the table does not look into it.</typeparam>
internal sealed class RouteTable<TApp>
    where TApp : class
{
    private const string Welcome = "welcome";
    private const int MaxNameLength = 64;

    // Only what an app can be called. '%' is not in it: Kestrel leaves %2F as it is, and nothing else encoded.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly HostRoutes<TApp> _hosts;
    private readonly PrefixRoutes<TApp> _prefixes;
    private readonly Dictionary<string, RouteMatch<TApp>>.AlternateLookup<ReadOnlySpan<char>> _names;
    private readonly RouteMatch<TApp> _root;
    private readonly RouteMatch<TApp> _rootPage;
    private readonly ILookup<string, string> _places;
    private readonly RemainderCache _remainders = new();

    private RouteTable(IReadOnlyList<RouteSetting> routes, Dictionary<string, RouteMatch<TApp>> names)
    {
        var anyHost = routes.Where(route => route.Host is null).ToList();
        _hosts = new(routes.Where(route => route.Host is not null).Select(route => (route.Host!, route.PathPrefix, Match(route))));
        _prefixes = new(anyHost.Where(route => route.PathPrefix.Length > 0).Select(route => (route.PathPrefix, Match(route))));
        _names = names.GetAlternateLookup<ReadOnlySpan<char>>();
        var root = anyHost.Find(route => route.PathPrefix.Length == 0);
        _root = root is null ? RouteMatch<TApp>.Unknown : Match(root);
        _rootPage = root is null && names.TryGetValue(Welcome, out var welcome) ? RouteMatch<TApp>.RedirectTo(welcome.PathBase + "/") : _root;
        _places = names.Select(name => (App: name.Key, Place: name.Value.PathBase))
            .Concat(routes.Select(route => (route.App, Place: route.Host + (route.Host is null && route.PathPrefix.Length == 0 ? "/" : route.PathPrefix))))
            .ToLookup(pair => pair.App, pair => pair.Place, StringComparer.OrdinalIgnoreCase);

        // A route to an app that is not there holds its place: nothing else answers, until the app's folder is dropped in.
        RouteMatch<TApp> Match(RouteSetting route) =>
            names.TryGetValue(route.App, out var named) ? RouteMatch<TApp>.To(named.App!, route.PathPrefix) : RouteMatch<TApp>.Unknown;
    }

    /// <summary>Makes a table.</summary>
    /// <param name="config">Whose routes and whose choice of apps hold.</param>
    /// <param name="apps">The apps that exist. Of two names that differ in letter case only, the first counts.</param>
    public static RouteTable<TApp> Create(ServerConfig config, IEnumerable<KeyValuePair<string, TApp>> apps)
    {
        var names = new Dictionary<string, RouteMatch<TApp>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, app) in apps.Where(app => config.OnlyApps is null || config.OnlyApps.Contains(app.Key)))
        {
            names.TryAdd(name, RouteMatch<TApp>.To(app, "/" + name));
        }

        return new RouteTable<TApp>(config.Routes, names);
    }

    /// <summary>Finds the app for a request. Allocates nothing.</summary>
    /// <param name="host">The Host header, with or without a port.</param>
    /// <param name="path">The path, decoded as Kestrel does.</param>
    public RouteMatch<TApp> Find(string host, string path)
    {
        if (path.Length > 0 && path[0] != '/')
        {
            return RouteMatch<TApp>.Unknown;
        }

        if (ReservedPath.Contains(path))
        {
            return RouteMatch<TApp>.Reserved;
        }

        if (_hosts.Find(host) is { } own)
        {
            return own.TryFind(path, out var found) ? found : RouteMatch<TApp>.Unknown;
        }

        if (path is "" or "/")
        {
            return _rootPage;
        }

        return _prefixes.TryFind(path, out var match) || TryFindName(path, out match) ? match : _root;
    }

    /// <summary>The path that an app sees, without its path base; allocates only for a path that was not seen lately.</summary>
    public string CutPathBase(string path, int pathBaseLength) => _remainders.Cut(path, pathBaseLength);

    /// <summary>The places where an app answers: <c>/shop</c>, <c>shop.example.com</c>, <c>example.com/shop</c>, <c>/</c>.</summary>
    public IReadOnlyList<string> PlacesOf(string app) => [.. _places[app].Distinct(StringComparer.OrdinalIgnoreCase)];

    private bool TryFindName(string path, [MaybeNullWhen(false)] out RouteMatch<TApp> match)
    {
        var segment = path.AsSpan(1);
        var slash = segment.IndexOf('/');
        segment = slash < 0 ? segment : segment[..slash];
        match = default;
        return segment.Length is > 0 and <= MaxNameLength && !segment.ContainsAnyExcept(NameCharacters) && _names.TryGetValue(segment, out match);
    }
}
