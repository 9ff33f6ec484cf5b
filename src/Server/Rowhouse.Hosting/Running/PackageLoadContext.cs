using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// The packages of one app, loaded once and shared by its instances for as long as the packages stay the same. They are not collectible:
/// only so the runtime uses their precompiled code, and libraries such as database drivers hold on to themselves with static timers and
/// process-exit handlers and would keep every retired instance alive. A change of packages loads them anew beside the old ones.
/// </summary>
internal sealed class PackageLoadContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<(string App, string Packages), Lazy<PackageLoadContext>> Loaded = new();

    private readonly PackageAssemblies _packages;
    private readonly AssemblyDependencyResolver _resolver;
    private volatile WeakReference<InstanceLoadContext>? _newest;

    private PackageLoadContext(string app, string entryAssembly, PackageAssemblies packages)
        : base($"{app} packages {packages.Id}")
    {
        App = app;
        _packages = packages;
        _resolver = new AssemblyDependencyResolver(entryAssembly);
        Folder = Path.GetDirectoryName(entryAssembly)!;
    }

    /// <summary>The app whose packages these are.</summary>
    public string App { get; }

    /// <summary>The instance that came last; null if it is gone.</summary>
    public InstanceLoadContext? Newest => _newest?.TryGetTarget(out var instance) == true ? instance : null;

    /// <summary>The folder the packages were loaded from: it must stay.</summary>
    public string Folder { get; }

    public static PackageLoadContext Of(string app, string entryAssembly, PackageAssemblies packages) =>
        Loaded.GetOrAdd((app, packages.Id), _ => new Lazy<PackageLoadContext>(() => new PackageLoadContext(app, entryAssembly, packages))).Value;

    /// <summary>The folders from which packages are loaded.</summary>
    public static IEnumerable<string> FoldersInUse() => Loaded.Values.Where(context => context.IsValueCreated).Select(context => context.Value.Folder);

    /// <summary>Takes note of an instance that uses the packages.</summary>
    public void NoteUser(InstanceLoadContext instance) => _newest = new WeakReference<InstanceLoadContext>(instance);

    public Assembly? Find(AssemblyName name) =>
        name.Name is { } simple && _packages.Contains(simple) && _resolver.ResolveAssemblyToPath(name) is not null ? LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || SharedAssemblies.Serves(assemblyName) || !_packages.Contains(name))
        {
            return null;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
