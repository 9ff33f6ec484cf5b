using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>
/// The static dictionaries of an assembly that are keyed by types or members. The frameworks have some dozens of them, new ones with each
/// version, and few can be cleared by any other means; so they are found by their shape.
/// </summary>
internal static class TypeKeyedCaches
{
    private static readonly ConcurrentDictionary<Assembly, FieldInfo[]> Found = new();

    public static IEnumerable<IDictionary> Of(Assembly assembly) =>
        Found.GetOrAdd(assembly, Find).Select(Read).OfType<IDictionary>();

    private static FieldInfo[] Find(Assembly assembly) =>
    [
        .. TypesOf(assembly)
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(IsTypeKeyed),
    ];

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static bool IsTypeKeyed(FieldInfo field)
    {
        try
        {
            var type = field.FieldType;
            return type.IsGenericType
                && typeof(IDictionary).IsAssignableFrom(type)
                && type.GenericTypeArguments is [var key, ..]
                && (typeof(MemberInfo).IsAssignableFrom(key) || typeof(Assembly).IsAssignableFrom(key) || typeof(ParameterInfo).IsAssignableFrom(key));
        }
        catch (Exception e) when (e is TypeLoadException or IOException or BadImageFormatException)
        {
            return false; // its type is in an assembly that is not here, so nothing can be in it
        }
    }

    private static object? Read(FieldInfo field)
    {
        try
        {
            return field.GetValue(null);
        }
        catch (Exception e) when (e is TypeInitializationException or TargetInvocationException or NotSupportedException or FieldAccessException)
        {
            return null; // for another platform
        }
    }
}
