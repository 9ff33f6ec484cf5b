using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>
/// The dictionaries of an assembly that live as long as the process and are keyed by types or members. The frameworks have some dozens of
/// them, new ones with each version, and few can be cleared by any other means; so they are found by their shape.
/// </summary>
internal static class TypeKeyedCaches
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ConcurrentDictionary<Assembly, TypeKeyedCache[]> Found = new();

    public static IEnumerable<IDictionary> Of(Assembly assembly) =>
        Found.GetOrAdd(assembly, Find).Select(cache => cache.Find()).OfType<IDictionary>();

    private static TypeKeyedCache[] Find(Assembly assembly) =>
    [
        .. TypesOf(assembly)
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(Statics))
            .SelectMany(FindIn),
    ];

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return [.. e.Types.OfType<Type>()];
        }
    }

    private static IEnumerable<TypeKeyedCache> FindIn(FieldInfo field)
    {
        try
        {
            return TypeKeyedCache.IsOne(field.FieldType) ? [new TypeKeyedCache(field, null)]
                : field.FieldType == field.DeclaringType ? FindInSingleton(field)
                : [];
        }
        catch (Exception e) when (e is TypeLoadException or IOException or BadImageFormatException)
        {
            return []; // its type is in an assembly that is not here, so nothing can be in it
        }
    }

    private static List<TypeKeyedCache> FindInSingleton(FieldInfo field) =>
        [.. field.FieldType.GetFields(Instances).Where(inner => TypeKeyedCache.IsOne(inner.FieldType)).Select(inner => new TypeKeyedCache(field, inner))];
}
