using System.Collections.Frozen;

namespace Rowhouse.Hosting;

/// <summary>
/// What the server shares with every app: the .NET and ASP.NET Core frameworks and Rowhouse's own assemblies. The libraries that the
/// server uses for itself (Roslyn, YARP, …) are not among them, so that an app may bring another version of each.
/// </summary>
internal static class FrameworkAssemblies
{
    private static readonly FrozenDictionary<string, string> ByName = Find();

    /// <summary>The files, as full paths in ordinal order.</summary>
    public static IEnumerable<string> Paths => ByName.Values.Order(StringComparer.Ordinal);

    /// <summary>Whether the assembly of this simple name is shared.</summary>
    public static bool Contains(string simpleName) => ByName.ContainsKey(simpleName);

    /// <summary>The file of a shared assembly.</summary>
    public static string PathOf(string simpleName) => ByName[simpleName];

    /// <summary>The folder of the .NET framework that runs this process, as its host names it.</summary>
    public static string RuntimeFolder => Path.GetDirectoryName(PathOf(typeof(object).Assembly.GetName().Name!))!;

    private static FrozenDictionary<string, string> Find()
    {
        var trusted = ((string)(AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // Where .NET is installed behind links, an assembly's own location is another path than the one in the list.
        var runtime = FolderOf(trusted, typeof(object));
        var web = FolderOf(trusted, typeof(Microsoft.AspNetCore.Http.HttpContext));
        return trusted
            .Where(path => Path.GetDirectoryName(path) is { } folder
                && (folder == runtime || folder == web || Path.GetFileName(path).StartsWith("Rowhouse.", StringComparison.Ordinal)))
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase) // the runtime lists some twice
            .ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
    }

    private static string? FolderOf(IEnumerable<string> trusted, Type type)
    {
        var file = type.Assembly.GetName().Name + ".dll";
        return Path.GetDirectoryName(trusted.First(path => Path.GetFileName(path) == file));
    }
}
