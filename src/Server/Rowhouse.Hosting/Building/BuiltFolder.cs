using Rowhouse.Hosting.Building.Weaving;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Building;

/// <summary>A folder of built output, whoever built it.</summary>
internal static class BuiltFolder
{
    /// <summary>The entry assembly's file name, by the one <c>.runtimeconfig.json</c>; null if there is none.</summary>
    public static string? FindEntry(string folder)
    {
        var config = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.runtimeconfig.json").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        var entry = config is null ? null : Path.GetFileName(config)[..^".runtimeconfig.json".Length] + ".dll";
        return entry is not null && File.Exists(Path.Combine(folder, entry)) ? entry : null;
    }

    /// <summary>Redirects the process-wide calls of the app's own assemblies; those of packages are left alone.</summary>
    public static void Weave(string folder, string entry)
    {
        var packages = PackageAssemblies.Of(Path.Combine(folder, entry));
        foreach (var assembly in Directory.EnumerateFiles(folder, "*.dll"))
        {
            var name = Path.GetFileNameWithoutExtension(assembly);
            if (!packages.Contains(name) && !FrameworkAssemblies.Contains(name))
            {
                AssemblyWeaver.TryWeave(assembly);
            }
        }
    }
}
