using System.IO.Compression;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>
/// A NuGet feed of a root's own, in a folder, and the packages in it: real packages, restored by the real client, without a network and
/// without a trace in the user's package folder.
/// </summary>
internal sealed class LocalPackages
{
    private readonly string _feed;

    public LocalPackages(TestRoot root)
    {
        _feed = Directory.CreateDirectory(Path.Combine(root.Folder, "feed")).FullName;
        File.WriteAllText(Path.Combine(root.Folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(root.Folder, "packages")}" /></config>
              <packageSources><clear /><add key="local" value="{_feed}" /></packageSources>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>Adds a package with one assembly of the same name.</summary>
    public void Add(string name, string version, string source)
    {
        using var package = ZipFile.Open(Path.Combine(_feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, name + ".nuspec", Encoding.UTF8.GetBytes($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>For tests.</description>
              <dependencies><group targetFramework="net10.0" /></dependencies></metadata>
            </package>
            """));
        Write(package, $"lib/net10.0/{name}.dll", Compile(name, version, source));
    }

    private static void Write(ZipArchive package, string entry, byte[] content)
    {
        using var stream = package.CreateEntry(entry).Open();
        stream.Write(content);
    }

    private static byte[] Compile(string name, string version, string source)
    {
        var tree = CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}.0\")]\n" + source);
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create(name, [tree], ReferenceAssemblies(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return assembly.ToArray();
    }

    // What the runtime itself loads names assemblies that no compiler of the SDK refers to.
    private static IEnumerable<MetadataReference> ReferenceAssemblies()
    {
        var packs = Path.Combine(FrameworkAssemblies.RuntimeFolder, "../../../packs/Microsoft.NETCore.App.Ref");
        var newest = Directory.GetDirectories(packs).OrderBy(folder => Version.Parse(Path.GetFileName(folder))).Last();
        return Directory.GetFiles(Path.Combine(newest, "ref/net10.0"), "*.dll").Select(path => MetadataReference.CreateFromFile(path));
    }
}
