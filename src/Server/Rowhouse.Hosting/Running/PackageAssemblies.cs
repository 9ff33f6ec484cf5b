using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rowhouse.Hosting.Running;

/// <summary>Which assemblies of a build come from packages, by its <c>.deps.json</c>.</summary>
internal sealed class PackageAssemblies
{
    private readonly HashSet<string> _names;

    private PackageAssemblies(HashSet<string> names, string id)
    {
        _names = names;
        Id = id;
    }

    /// <summary>Equal for builds with the very same packages.</summary>
    public string Id { get; }

    public bool IsEmpty => _names.Count == 0;

    public bool Contains(string simpleName) => _names.Contains(simpleName);

    /// <summary>Reads what stands beside <paramref name="entryAssembly"/>; without such a file all assemblies are the app's own.</summary>
    public static PackageAssemblies Of(string entryAssembly)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var identity = new StringBuilder();
        var file = Path.ChangeExtension(entryAssembly, ".deps.json");
        if (File.Exists(file))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Read(document.RootElement, names, identity);
        }

        return new PackageAssemblies(names, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity.ToString())).AsSpan(0, 8)));
    }

    private static void Read(JsonElement root, HashSet<string> names, StringBuilder identity)
    {
        if (!root.TryGetProperty("libraries", out var libraries) || !root.TryGetProperty("targets", out var targets))
        {
            return;
        }

        var packages = libraries.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("type", out var type) && type.GetString() == "package")
            .Select(library => library.Name)
            .Order(StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var package in packages)
        {
            identity.Append(package).Append('\n');
        }

        foreach (var library in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (packages.Contains(library.Name) && library.Value.TryGetProperty("runtime", out var runtime))
            {
                names.UnionWith(runtime.EnumerateObject().Select(asset => Path.GetFileNameWithoutExtension(asset.Name)));
            }
        }
    }
}
