using System.Reflection;

namespace Rowhouse.Cli;

/// <summary>What <c>rowhouse new</c> can make. A template is a stack of folders in New/Templates; later ones add to earlier ones.</summary>
internal sealed record AppTemplate(string Name, string Description, IReadOnlyList<string> Layers)
{
    private const string ResourcePrefix = "templates/";

    public static IReadOnlyList<AppTemplate> All { get; } =
    [
        new("app", "controllers and views", ["site", "mvc", "library"]),
        new("pages", "Razor Pages", ["site", "pages", "library"]),
        new("api", "a JSON API in Program.cs", ["api"]),
        new("project", "Razor Pages with a Program.cs, built by dotnet build", ["site", "pages", "project"]),
    ];

    public static AppTemplate Default => All[0];

    public static AppTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    /// <summary>The files of a new app: path within the app, and content.</summary>
    public IReadOnlyDictionary<string, string> Fill(string app)
    {
        var assembly = typeof(AppTemplate).Assembly;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in Layers)
        {
            var prefix = $"{ResourcePrefix}{layer}/";
            foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                files[FillIn(resource[prefix.Length..], app)] = FillIn(Read(assembly, resource), app);
            }
        }

        return files;
    }

    private static string FillIn(string text, string app) => text
        .Replace("__name__", app, StringComparison.Ordinal)
        .Replace("__namespace__", RootNamespace.Of(app), StringComparison.Ordinal);

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
