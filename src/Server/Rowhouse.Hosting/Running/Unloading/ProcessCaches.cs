using System.Collections;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>
/// Removes the types of a retired instance from caches of the whole process, which would keep it in memory: first by the framework's own
/// means (the ClearCache of each <see cref="MetadataUpdateHandlerAttribute"/>, as hot reload does), then in every dictionary keyed by
/// types, then by name where a cache has another shape. The names are those of .NET 10.0.12; a test scans all static fields, so that a
/// cache of a new version is noticed.
/// </summary>
internal static class ProcessCaches
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly (string Assembly, string Type, string Field)[] Caches =
    [
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.TypeDescriptor", "s_defaultProviderInitialized"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.TypeDescriptor", "s_providerTable"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.ReflectTypeDescriptionProvider", "s_attributeCache"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.ReflectTypeDescriptionProvider", "s_propertyCache"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.ReflectTypeDescriptionProvider", "s_eventCache"),
        ("Microsoft.AspNetCore.Http.Extensions", "Microsoft.AspNetCore.Http.ParameterBindingMethodCache", "Instance"),
        ("Microsoft.AspNetCore.Http.Extensions", "Microsoft.AspNetCore.Http.ParameterBindingMethodCache", "NonThrowingInstance"),
        ("Microsoft.AspNetCore.Mvc.Abstractions", "Microsoft.AspNetCore.Http.ParameterBindingMethodCache", "Instance"),
        ("Microsoft.AspNetCore.Mvc.Abstractions", "Microsoft.AspNetCore.Http.ParameterBindingMethodCache", "NonThrowingInstance"),
        ("System.ComponentModel.Annotations", "System.ComponentModel.DataAnnotations.ValidationAttributeStore", "Instance"),
        ("Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer", "GenericSnapshotMethodMap"),
    ];

    private static readonly Lock Gate = new();

    public static void Forget(InstanceLoadContext context)
    {
        var belongs = new CollectedTypes(context);
        lock (Gate)
        {
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && MayKnow(assembly, context)))
            {
                ClearByHandlers(assembly);
                foreach (var cache in TypeKeyedCaches.Of(assembly))
                {
                    RemoveKeys(cache, belongs, depth: 0);
                }

                ClearByName(assembly, belongs);
                EntityFrameworkCache.Clear(assembly);
            }
        }
    }

    // The server's own assemblies and the packages of this app; those of other apps cannot have met its types.
    private static bool MayKnow(Assembly assembly, InstanceLoadContext context)
    {
        var owner = AssemblyLoadContext.GetLoadContext(assembly);
        return owner == AssemblyLoadContext.Default || (owner is PackageLoadContext && owner == context.Packages);
    }

    private static void ClearByHandlers(Assembly assembly)
    {
        foreach (var attribute in assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>())
        {
            var clear = attribute.HandlerType.GetMethod("ClearCache", Any, [typeof(Type[])]);
            try
            {
                clear?.Invoke(null, [null]);
            }
            catch (TargetInvocationException)
            {
                // A handler that fails leaves its cache as it was: the instance stays in memory, nothing else.
            }
        }
    }

    private static void ClearByName(Assembly assembly, CollectedTypes belongs)
    {
        var name = assembly.GetName().Name;
        foreach (var (_, type, field) in Caches.Where(cache => cache.Assembly == name))
        {
            if (assembly.GetType(type) is { } holder
                && (holder.GetField(field, Any)?.GetValue(null) ?? holder.GetProperty(field, Any)?.GetValue(null)) is { } cache)
            {
                Remove(cache, belongs, depth: 4);
            }
        }
    }

    private static void Remove(object cache, CollectedTypes belongs, int depth)
    {
        if (cache is IDictionary dictionary)
        {
            RemoveKeys(dictionary, belongs, depth);
            return;
        }

        if (depth == 0 || cache.GetType().IsArray)
        {
            return;
        }

        for (var type = cache.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Any | BindingFlags.DeclaredOnly).Where(IsCacheLike))
            {
                if (field.GetValue(cache) is { } inner)
                {
                    Remove(inner, belongs, depth - 1);
                }
            }
        }
    }

    private static bool IsCacheLike(FieldInfo field) =>
        !field.IsStatic
        && (typeof(IDictionary).IsAssignableFrom(field.FieldType) || (field.FieldType.Namespace == "System.ComponentModel" && field.FieldType.IsClass));

    private static void RemoveKeys(IDictionary dictionary, CollectedTypes belongs, int depth)
    {
        // Hashtables are guarded by their users with a lock on the table itself; the others are concurrent.
        lock (dictionary is Hashtable ? dictionary : new object())
        {
            foreach (var key in dictionary.Keys.Cast<object>().ToList())
            {
                if (belongs.Owns(key))
                {
                    dictionary.Remove(key);
                }
            }
        }

        if (depth > 0 && dictionary is Hashtable)
        {
            foreach (var value in dictionary.Values.Cast<object>().ToList())
            {
                Remove(value, belongs, depth - 1);
            }
        }
    }
}
