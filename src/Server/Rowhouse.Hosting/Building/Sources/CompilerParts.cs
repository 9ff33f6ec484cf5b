using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>
/// What every compile shares: the references (the assemblies the server itself runs on, so that no SDK is needed) and the source
/// generators of the SDK that are shipped in <c>compilers/</c>: Razor, JSON, regular expressions, logging, options, validation.
/// </summary>
internal static class CompilerParts
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> SharedReferences = new(LoadReferences);
    private static readonly Lazy<ImmutableArray<ISourceGenerator>> SharedGenerators = new(LoadGenerators);
    private static readonly Lazy<string> SharedIdentity = new(FindIdentity);

    public static ImmutableArray<MetadataReference> References => SharedReferences.Value;

    public static ImmutableArray<ISourceGenerator> Generators => SharedGenerators.Value;

    /// <summary>Changes whenever the same sources could give another result: part of every cache key.</summary>
    public static string Identity => SharedIdentity.Value;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "compilers");

    private static ImmutableArray<MetadataReference> LoadReferences() =>
        [.. FrameworkAssemblies.Paths.Where(IsManaged).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];

    private static bool IsManaged(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        return image.HasMetadata;
    }

    private static ImmutableArray<ISourceGenerator> LoadGenerators()
    {
        var context = new CompilerLoadContext(Folder);
        return
        [
            .. Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal)
                .Select(context.LoadFromAssemblyPath)
                .SelectMany(FindGenerators),
        ];
    }

    private static IEnumerable<ISourceGenerator> FindGenerators(Assembly assembly)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Parts of these assemblies serve editors and need assemblies that are not shipped; the generators do not.
            types = [.. e.Types.OfType<Type>()];
        }

        return types
            .Where(type => !type.IsAbstract && type.IsDefined(typeof(GeneratorAttribute), inherit: false))
            .Select(type => Activator.CreateInstance(type) switch
            {
                IIncrementalGenerator incremental => incremental.AsSourceGenerator(),
                ISourceGenerator generator => generator,
                _ => throw new InvalidOperationException($"{type} is marked as a generator and is none."),
            });
    }

    private static string FindIdentity()
    {
        var shipped = Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)}:{new FileInfo(path).Length}");
        return string.Join('|', [
            typeof(Microsoft.CodeAnalysis.CSharp.CSharpCompilation).Module.ModuleVersionId.ToString(),
            typeof(CompilerParts).Module.ModuleVersionId.ToString(),
            Environment.Version.ToString(),
            .. shipped]);
    }

    /// <summary>Generators find Roslyn in the server and one another in their own folder.</summary>
    private sealed class CompilerLoadContext : AssemblyLoadContext
    {
        private readonly string _folder;

        public CompilerLoadContext(string folder)
            : base("compilers")
        {
            _folder = folder;
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(_folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
