using System.Xml.Linq;

namespace Rowhouse.Architecture.Tests;

/// <summary>What a <c>.csproj</c> says, as far as the laws go.</summary>
internal sealed record ProjectFile(string Path, string[] References)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder below <c>src/</c>: Foundation, Capabilities, Sdk, Server or Tools.</summary>
    public string Layer => Path.Split('/') is ["src", var layer, _, _] ? layer : "";

    public string AssemblyName { get; init; } = System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsExecutable { get; init; }

    public bool IsPackable { get; init; } = true;

    /// <summary>Package references that carry a version of their own.</summary>
    public string[] OwnVersions { get; init; } = [];

    public static ProjectFile Read(string root, string path)
    {
        var xml = XDocument.Load(System.IO.Path.Combine(root, path));
        var folder = System.IO.Path.GetDirectoryName(path)!;
        return new ProjectFile(path, [.. xml.Descendants("ProjectReference").Select(reference => Resolve(root, folder, reference))])
        {
            AssemblyName = xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? System.IO.Path.GetFileNameWithoutExtension(path),
            IsExecutable = xml.Descendants("OutputType").Any(type => type.Value.Contains("Exe", StringComparison.OrdinalIgnoreCase)),
            IsPackable = !xml.Descendants("IsPackable").Any(packable => packable.Value.Equals("false", StringComparison.OrdinalIgnoreCase)),
            OwnVersions = FindOwnVersions(xml),
        };
    }

    public static string[] FindOwnVersions(XDocument xml) =>
    [
        .. xml.Descendants("PackageReference")
            .Where(package => package.Attribute("Version") is not null
                || package.Attribute("VersionOverride") is not null
                || package.Element("Version") is not null
                || package.Element("VersionOverride") is not null)
            .Select(package => (string?)package.Attribute("Include") ?? (string?)package.Attribute("Update") ?? "?"),
    ];

    private static string Resolve(string root, string folder, XElement reference)
    {
        var include = reference.Attribute("Include")?.Value.Replace('\\', '/') ?? "";
        return System.IO.Path.GetRelativePath(root, System.IO.Path.GetFullPath(System.IO.Path.Combine(root, folder, include))).Replace('\\', '/');
    }
}
