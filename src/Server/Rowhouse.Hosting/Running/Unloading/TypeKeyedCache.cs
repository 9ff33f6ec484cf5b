using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>Where a dictionary keyed by types or members lies: in a static field, or in a field of the singleton that a static field holds.</summary>
internal sealed record TypeKeyedCache(FieldInfo Static, FieldInfo? Inner)
{
    /// <summary>The dictionary; null if there is none yet.</summary>
    public IDictionary? Find()
    {
        var value = Read(Static, null);
        return (Inner is null || value is null ? value : Read(Inner, value)) as IDictionary;
    }

    /// <summary>Whether a field's type is such a dictionary.</summary>
    public static bool IsOne(Type type) =>
        type.IsGenericType && typeof(IDictionary).IsAssignableFrom(type) && type.GenericTypeArguments is [var key, ..] && IsKey(key);

    private static bool IsKey(Type key) =>
        typeof(MemberInfo).IsAssignableFrom(key) || typeof(Assembly).IsAssignableFrom(key) || typeof(ParameterInfo).IsAssignableFrom(key)
        || (typeof(ITuple).IsAssignableFrom(key) && key.GenericTypeArguments.Any(IsKey));

    private static object? Read(FieldInfo field, object? owner)
    {
        try
        {
            return field.GetValue(owner);
        }
        catch (Exception e) when (e is TypeInitializationException or TargetInvocationException or NotSupportedException or FieldAccessException)
        {
            return null; // for another platform
        }
    }
}
