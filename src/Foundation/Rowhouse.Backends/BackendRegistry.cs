using System.Collections.Concurrent;

namespace Rowhouse.Backends;

/// <summary>
/// The backends of a process: one per URI, with one pool of connections and one state, however many apps name it. Two that name the same
/// connection in different words (<see cref="ConnectionUri"/>) share it too.
/// </summary>
public sealed class BackendRegistry
{
    private readonly ConcurrentDictionary<BackendSetup, Lazy<Backend>> _all;
    private readonly ConcurrentDictionary<BackendSetup, Backend> _own = [];
    private readonly bool _isOwner;

    /// <summary>Creates a registry that shares nothing with <see cref="Shared"/>.</summary>
    public BackendRegistry()
        : this([], dataFolder: null, isOwner: true)
    {
    }

    private BackendRegistry(ConcurrentDictionary<BackendSetup, Lazy<Backend>> all, string? dataFolder, bool isOwner)
    {
        _all = all;
        _isOwner = isOwner;
        DataFolder = dataFolder;
    }

    /// <summary>The registry of this process.</summary>
    public static BackendRegistry Shared { get; } = new();

    /// <summary>Where files and folders lie that a URI names by a relative path; null if there is no such place.</summary>
    public string? DataFolder { get; }

    /// <summary>The backends that were asked for here and have been called: what a health check looks at.</summary>
    public IReadOnlyCollection<Backend> Used => [.. _own.Values.Where(backend => backend.State.IsUsed).OrderBy(backend => backend.Name, StringComparer.Ordinal)];

    /// <summary>The same backends, seen by an app: relative paths lie in its data folder, and <see cref="Used"/> shows its own.</summary>
    /// <param name="dataFolder">The folder; it need not exist yet.</param>
    public BackendRegistry In(string dataFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        return new BackendRegistry(_all, Path.GetFullPath(dataFolder), isOwner: false);
    }

    /// <summary>The backend of a URI. Nothing is opened yet.</summary>
    /// <exception cref="RowhouseException">RH4001: no backend has this scheme; RH4006: the driver cannot do what the URI says; RH4008: there is no data folder.</exception>
    public Backend Get(ConnectionUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var setup = Setup(uri);
        return _own.GetOrAdd(setup, static (setup, all) => all.GetOrAdd(setup, static setup => new Lazy<Backend>(() => BackendFactories.Create(setup))).Value, _all);
    }

    /// <summary>The database of a URI.</summary>
    /// <exception cref="RowhouseException">RH4005: it is no database; else as <see cref="Get"/>.</exception>
    public DatabaseBackend GetDatabase(ConnectionUri uri) => Get(uri) as DatabaseBackend ?? throw BackendsErrors.WrongKind(uri, "database (sqlite, postgres, mysql, mssql)");

    /// <summary>The Redis of a URI.</summary>
    /// <exception cref="RowhouseException">RH4005: it is no Redis; else as <see cref="Get"/>.</exception>
    public RedisBackend GetRedis(ConnectionUri uri) => Get(uri) as RedisBackend ?? throw BackendsErrors.WrongKind(uri, "Redis (redis, rediss)");

    /// <summary>The memcached of a URI.</summary>
    /// <exception cref="RowhouseException">RH4005: it is no memcached; else as <see cref="Get"/>.</exception>
    public MemcachedBackend GetMemcached(ConnectionUri uri) => Get(uri) as MemcachedBackend ?? throw BackendsErrors.WrongKind(uri, "memcached (memcached)");

    /// <summary>The folder of a URI.</summary>
    /// <exception cref="RowhouseException">RH4005: it is no folder; else as <see cref="Get"/>.</exception>
    public FileBackend GetFiles(ConnectionUri uri) => Get(uri) as FileBackend ?? throw BackendsErrors.WrongKind(uri, "folder (file)");

    /// <summary>
    /// Closes the backends of a registry of one's own; a view made by <see cref="In"/> closes nothing. It is no DisposeAsync, since a container of
    /// services must not close what other apps use.
    /// </summary>
    public async Task CloseAsync()
    {
        if (!_isOwner)
        {
            return;
        }

        foreach (var backend in _all.Values.Where(backend => backend.IsValueCreated))
        {
            await backend.Value.ShutAsync();
        }
    }

    private BackendSetup Setup(ConnectionUri uri)
    {
        if (uri.Scheme is not ("file" or "sqlite"))
        {
            return new BackendSetup(uri, Path: null);
        }

        // By its absolute path, so that two apps that name one file from different folders share it.
        var path = Path.IsPathRooted(uri.Path)
            ? Path.GetFullPath(uri.Path)
            : Path.GetFullPath(uri.Path ?? "", DataFolder ?? throw BackendsErrors.NoDataFolder(uri));
        return new BackendSetup(new ConnectionUri(new UriParts(ConnectionScheme.Find(uri.Scheme)!) { Path = path, Options = [.. uri.Options] }, []), path);
    }
}
