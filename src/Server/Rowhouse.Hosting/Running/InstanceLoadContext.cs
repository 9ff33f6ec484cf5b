using System.Reflection;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Running;

/// <summary>The walls of one instance: its own assemblies, unloaded with it. Framework and Rowhouse come from the server, packages are shared by the app's instances.</summary>
internal sealed class InstanceLoadContext : AssemblyLoadContext
{
    // The run-time binder of `dynamic` (ViewBag) keeps a process-wide table of every type it has met, which nothing can clear.
    private const string DynamicBinder = "Microsoft.CSharp";

    private readonly AssemblyDependencyResolver _resolver;
    private Action<int>? _exited;
    private Action<Exception>? _faulted;

    public InstanceLoadContext(string app, int number, string entryAssembly)
        : base($"{app}#{number}", isCollectible: true)
    {
        Folder = Path.GetDirectoryName(entryAssembly);
        _resolver = new AssemblyDependencyResolver(entryAssembly);
        var packages = PackageAssemblies.Of(entryAssembly);
        Packages = packages.IsEmpty ? null : PackageLoadContext.Of(app, entryAssembly, packages);
        Packages?.NoteUser(this);
    }

    /// <summary>The folder of the app's assemblies.</summary>
    public string? Folder { get; }

    /// <summary>The app's packages; null if it has none.</summary>
    public PackageLoadContext? Packages { get; }

    public Assembly? EntryAssembly { get; private set; }

    public Assembly LoadEntry(string path, Action<int> exited, Action<Exception> faulted)
    {
        _exited = exited;
        _faulted = faulted;
        return EntryAssembly = LoadFromAssemblyPath(path);
    }

    public void ReportExit(int exitCode) => _exited?.Invoke(exitCode);

    public void ReportFault(Exception exception) => _faulted?.Invoke(exception);

    /// <summary>Lets go of everything but the assemblies, and unloads them when nothing uses them any more.</summary>
    public void Release()
    {
        _exited = null;
        _faulted = null;
        EntryAssembly = null;
        Unload();
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == DynamicBinder)
        {
            return LoadFromAssemblyPath(FrameworkAssemblies.PathOf(DynamicBinder));
        }

        if (SharedAssemblies.Serves(assemblyName))
        {
            return null;
        }

        return Packages?.Find(assemblyName)
            ?? (_resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
