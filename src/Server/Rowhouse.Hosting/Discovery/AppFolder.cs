using System.Text.RegularExpressions;

namespace Rowhouse.Hosting;

/// <summary>An app as it lies on disk: one folder in <c>applications/</c>, named by the folder.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Path">The folder, as a full path.</param>
/// <param name="Kind">How the app is given.</param>
public sealed partial record AppFolder(string Name, string Path, AppKind Kind)
{
    /// <summary>The file that takes an app out of service while it is there.</summary>
    public const string DisabledFile = "DISABLED";

    /// <summary>Whether the app's owner has taken it out of service.</summary>
    public bool IsDisabled => File.Exists(System.IO.Path.Combine(Path, DisabledFile));

    /// <summary>The <c>.csproj</c> of a project app, else null.</summary>
    public string? ProjectFile => Kind == AppKind.Project ? Directory.EnumerateFiles(Path, "*.csproj").Order(StringComparer.Ordinal).First() : null;

    /// <summary>
    /// Whether a folder of this name can be an app: a letter or digit, then letters, digits, <c>-</c> and <c>_</c>, at most 64 characters.
    /// Names are ASCII because they become a path segment, a part of a file name and of an environment variable.
    /// </summary>
    public static bool IsValidName(string name) => NamePattern().IsMatch(name);

    /// <summary>Looks at one app's folder.</summary>
    /// <exception cref="RowhouseException">RH1003 the name is not fit; RH1004 there is no such folder; RH1005 nothing in it can run.</exception>
    public static AppFolder Open(ServerRoot root, string name)
    {
        if (!IsValidName(name))
        {
            throw HostingErrors.BadAppName(name);
        }

        var path = System.IO.Path.Combine(root.Applications, name);
        if (!Directory.Exists(path))
        {
            throw HostingErrors.NoSuchApp(name, root.Applications);
        }

        return new AppFolder(name, path, FindKind(path) ?? throw HostingErrors.EmptyApp(name, path));
    }

    /// <summary>The names of the folders in <c>applications/</c> that can be apps, in ordinal order; hidden ones (<c>.</c>, <c>_</c>) are left out.</summary>
    public static IEnumerable<string> List(ServerRoot root) =>
        new DirectoryInfo(root.Applications).EnumerateDirectories()
            .Select(folder => folder.Name)
            .Where(IsValidName)
            .Order(StringComparer.Ordinal);

    /// <summary>Tells how an app in <paramref name="folder"/> is given, or null if nothing in it can run.</summary>
    public static AppKind? FindKind(string folder)
    {
        // An installed archive may have been packed with its sources.
        if (File.Exists(System.IO.Path.Combine(folder, ArchiveManifest.FileName)))
        {
            return AppKind.Packed;
        }

        // A csproj written by `rowhouse new` exists for editors only and says so; such an app still runs as a source app.
        var project = Directory.EnumerateFiles(folder, "*.csproj").Order(StringComparer.Ordinal).FirstOrDefault();
        if (project is not null && !IsForEditorsOnly(project))
        {
            return AppKind.Project;
        }

        if (Directory.EnumerateFiles(folder, "*.runtimeconfig.json").Any())
        {
            return AppKind.Packed;
        }

        return project is not null || SourceFiles.Enumerate(folder).Any() ? AppKind.Source : null;
    }

    private static bool IsForEditorsOnly(string project) =>
        File.ReadAllText(project).Contains("<RowhouseSourceApp>true</RowhouseSourceApp>", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
