using System.Collections.Concurrent;

namespace Rowhouse.Hosting.Serving;

/// <summary>The apps of a root, kept in step with its folders, and the table of routes to them.</summary>
internal sealed class AppCatalog : IAsyncDisposable
{
    private readonly AppHost _host;
    private readonly ConcurrentDictionary<string, HostedApp> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _ignored = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile RouteTable<HostedApp> _routes;

    public AppCatalog(AppHost host)
    {
        _host = host;
        _routes = MakeRoutes();
    }

    /// <summary>Where requests go; replaced as a whole.</summary>
    public RouteTable<HostedApp> Routes => _routes;

    /// <summary>Restores what a parent server has seen of a request; null where requests come from clients.</summary>
    public Isolation.ForwardedRequest? Forwarding { get; init; }

    public HostedApp? Find(string name) => _apps.GetValueOrDefault(name);

    /// <summary>A look at every app, in the order of their names.</summary>
    public IReadOnlyList<AppStatus> GetStatus()
    {
        var routes = _routes;
        return [.. _apps.Values.OrderBy(app => app.Name, StringComparer.Ordinal).Select(app => app.GetStatus(routes.PlacesOf(app.Name)))];
    }

    /// <summary>Takes in new folders and lets go of those that are gone.</summary>
    /// <param name="start">Whether new apps are started, unless they are to wait for a request.</param>
    public void Scan(bool start)
    {
        var gone = new List<HostedApp>();
        var added = new List<HostedApp>();
        lock (_gate)
        {
            var names = FindNames();
            foreach (var app in _apps.Values.Where(app => !names.Contains(app.Name)))
            {
                if (_apps.TryRemove(app.Name, out _))
                {
                    gone.Add(app);
                }
            }

            foreach (var name in names.Where(name => !_apps.ContainsKey(name)))
            {
                var app = new HostedApp(_host, name);
                _apps[name] = app;
                added.Add(app);
            }

            if (added.Count > 0 || gone.Count > 0)
            {
                _routes = MakeRoutes();
            }
        }

        foreach (var app in gone)
        {
            Log.AppGone(_host.Logger, app.Name);
            _ = app.DisposeAsync().AsTask();
        }

        if (start)
        {
            Start(added);
        }
    }

    /// <summary>Starts all apps that need not wait for a request.</summary>
    public void StartAll() => Start([.. _apps.Values]);

    /// <summary>Puts the host's present configuration in force.</summary>
    public void Reconfigure(ServerConfig before)
    {
        Scan(start: true);
        lock (_gate)
        {
            _routes = MakeRoutes();
        }

        foreach (var app in _apps.Values.Where(app => before.SettingsOf(app.Name) != _host.Config.SettingsOf(app.Name)))
        {
            app.Restart();
        }
    }

    public async Task UpkeepAsync(DateTimeOffset now)
    {
        foreach (var app in _apps.Values)
        {
            await app.UpkeepAsync(now).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_apps.Values.Select(app => app.DisposeAsync().AsTask())).ConfigureAwait(false);

    private void Start(IReadOnlyList<HostedApp> apps)
    {
        foreach (var app in apps.Where(app => _host.IsChild || !_host.Config.SettingsOf(app.Name).LazyStart))
        {
            app.Start();
        }
    }

    private HashSet<string> FindNames()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in new DirectoryInfo(_host.Root.Applications).EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal))
        {
            if (!AppFolder.IsValidName(folder.Name))
            {
                Ignore(folder.Name);
            }
            else if (_host.Config.OnlyApps?.Contains(folder.Name) != false)
            {
                names.Add(folder.Name);
            }
        }

        return names;
    }

    private void Ignore(string name)
    {
        // Hidden and underscored folders are left alone on purpose; the others are somebody's mistake.
        if (!name.StartsWith('.') && !name.StartsWith('_') && _ignored.TryAdd(name, true))
        {
            Log.FolderIgnored(_host.Logger, HostingErrors.BadAppName(name).Message);
        }
    }

    private RouteTable<HostedApp> MakeRoutes() => RouteTable<HostedApp>.Create(_host.Config, _apps.Select(app => KeyValuePair.Create(app.Value.Name, app.Value)));
}
