using System.Collections.Concurrent;
using System.Reflection;

namespace Rowhouse.Hosting.Running;

/// <summary>Which requests for an assembly the server answers with its own copy.</summary>
internal static class SharedAssemblies
{
    private static readonly ConcurrentDictionary<string, Version?> Versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the server's copy is taken. It is not where the app asks for a newer one than the server has: the app then gets what it
    /// brought with it.
    /// </summary>
    public static bool Serves(AssemblyName name)
    {
        if (name.Name is not { } simple || !FrameworkAssemblies.Contains(simple))
        {
            return false;
        }

        var version = Versions.GetOrAdd(simple, static key => AssemblyName.GetAssemblyName(FrameworkAssemblies.PathOf(key)).Version);
        return name.Version is null || version is null || name.Version <= version;
    }
}
