namespace Rowhouse.Architecture.Tests;

/// <summary>The law of the layers, as docs/architecture.md draws them.</summary>
internal static class Layering
{
    private static readonly Dictionary<string, string[]> Below = new(StringComparer.Ordinal)
    {
        ["Foundation"] = [],
        ["Capabilities"] = ["Foundation"],
        ["Sdk"] = ["Foundation", "Capabilities"],
        ["Server"] = ["Foundation"],
        ["Tools"] = ["Foundation", "Capabilities", "Sdk", "Server"],
    };

    // Backends are named by connection URIs and take their settings from AppConfig. Any further exception is argued for in docs/architecture.md.
    private static readonly HashSet<(string From, string To)> Exceptions = [("Rowhouse.Backends", "Rowhouse.Configuration")];

    public static IEnumerable<string> FindBreaches(IReadOnlyCollection<ProjectFile> projects)
    {
        var byPath = projects.ToDictionary(project => project.Path, StringComparer.Ordinal);
        foreach (var project in projects)
        {
            if (!Below.ContainsKey(project.Layer) || !project.Path.EndsWith($"/{project.Name}/{project.Name}.csproj", StringComparison.Ordinal))
            {
                yield return $"{project.Path}: expected src/LAYER/{project.Name}/{project.Name}.csproj with a layer of {string.Join(", ", Below.Keys)}.";
                continue;
            }

            foreach (var reference in project.References)
            {
                if (!byPath.TryGetValue(reference, out var other))
                {
                    yield return $"{project.Path} refers to {reference}, which is no project in src/.";
                }
                else if (!IsAllowed(project, other))
                {
                    yield return $"{project.Layer}/{project.Name} refers to {other.Layer}/{other.Name}: references point down, and inside a folder only to the project whose name is extended.";
                }
            }
        }
    }

    private static bool IsAllowed(ProjectFile from, ProjectFile to)
    {
        if (from.Layer == to.Layer)
        {
            return (from.Layer == "Tools" && from.IsExecutable)
                || from.Name.StartsWith(to.Name + ".", StringComparison.Ordinal)
                || Exceptions.Contains((from.Name, to.Name));
        }

        return Below[from.Layer].Contains(to.Layer, StringComparer.Ordinal);
    }
}
