using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>
/// Walks from the static fields of assemblies through all objects behind them, as the garbage collector does, and tells on which ways it
/// comes to something of a load context. What holds by weak references holds nothing and is not followed.
/// </summary>
internal sealed class StaticRoots
{
    private const int MaxObjects = 5_000_000;
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Predicate<AssemblyLoadContext> _isWanted;
    private readonly Dictionary<Type, FieldInfo[]> _fields = [];
    private readonly Dictionary<Type, bool> _owned = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(object Value, Step Way)> _open = [];
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    private StaticRoots(Predicate<AssemblyLoadContext> isWanted)
    {
        _isWanted = isWanted;
    }

    /// <summary>The ways from a static field of <paramref name="assemblies"/> to an object, type or member of a wanted context.</summary>
    public static IReadOnlyCollection<string> Find(IEnumerable<Assembly> assemblies, Predicate<AssemblyLoadContext> isWanted)
    {
        var walk = new StaticRoots(isWanted);
        foreach (var field in assemblies.SelectMany(TypesOf).Where(type => !type.ContainsGenericParameters).SelectMany(type => type.GetFields(Statics)).Where(field => !field.IsLiteral && HoldsReferences(field)))
        {
            if (Read(field, null) is { } value)
            {
                walk.Visit(value, new Step(null, $"{field.DeclaringType!.Assembly.GetName().Name}: {field.DeclaringType}.{field.Name}"));
            }
        }

        walk.Run();
        return walk._found;
    }

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

    private static bool HoldsReferences(FieldInfo field)
    {
        try
        {
            var type = field.FieldType;
            return !type.IsPrimitive && !type.IsEnum && !type.IsPointer && !type.IsFunctionPointer && !type.IsByRefLike && type != typeof(string)
                && !(field.IsStatic && field.IsDefined(typeof(ThreadStaticAttribute)));
        }
        catch (Exception e) when (e is TypeLoadException or IOException or BadImageFormatException)
        {
            return false; // its type is in an assembly that is not here, so nothing can be in it
        }
    }

    private static object? Read(FieldInfo field, object? owner)
    {
        try
        {
            return field.GetValue(owner);
        }
        catch (Exception e) when (e is TypeInitializationException or TargetInvocationException or NotSupportedException or FieldAccessException or TypeLoadException)
        {
            return null; // for another platform
        }
    }

    private void Run()
    {
        while (_open.TryDequeue(out var next))
        {
            Assert.True(_seen.Count < MaxObjects, $"More than {MaxObjects} objects: the walk has left what the server shares.");
            if (next.Value is Array array)
            {
                WalkArray(array, next.Way);
            }
            else
            {
                WalkFields(next.Value, next.Way);
            }
        }
    }

    private void WalkArray(Array array, Step way)
    {
        if (array.GetType().GetElementType() is not { IsPointer: false, IsPrimitive: false } element || element == typeof(string))
        {
            return;
        }

        foreach (var item in array)
        {
            if (item is not null)
            {
                Visit(item, new Step(way, "[]"));
            }
        }
    }

    private void WalkFields(object value, Step way)
    {
        foreach (var field in FieldsOf(value.GetType()))
        {
            if (Read(field, value) is { } inner)
            {
                Visit(inner, new Step(way, "." + field.Name));
            }
        }
    }

    private FieldInfo[] FieldsOf(Type type)
    {
        if (!_fields.TryGetValue(type, out var fields))
        {
            var all = new List<FieldInfo>();
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                all.AddRange(level.GetFields(Instances).Where(HoldsReferences));
            }

            _fields[type] = fields = [.. all];
        }

        return fields;
    }

    private void Visit(object value, Step way)
    {
        if (value is string or Pointer or WeakReference || (!value.GetType().IsValueType && !_seen.Add(value)))
        {
            return;
        }

        if (IsOwned(value))
        {
            _found.Add($"{way} -> {Describe(value)}");
        }
        else if (value is not (MemberInfo or Assembly or Module or Thread or AssemblyLoadContext) && !IsWeak(value.GetType()))
        {
            _open.Enqueue((value, way));
        }
    }

    private static bool IsWeak(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(WeakReference<>) || type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>));

    private bool IsOwned(object value) => value switch
    {
        AssemblyLoadContext context => _isWanted(context),
        Assembly assembly => IsOwned(assembly),
        Module module => IsOwned(module.Assembly),
        Type type => IsOwned(type),
        MethodInfo { IsGenericMethod: true } method when method.GetGenericArguments().Any(IsOwned) => true,
        MemberInfo member => IsOwned(member.DeclaringType) || IsOwned(member.ReflectedType),
        ParameterInfo parameter => IsOwned(parameter.Member),
        _ => IsOwned(value.GetType()),
    };

    private bool IsOwned(Type? type)
    {
        if (type is not { IsCollectible: true })
        {
            return false;
        }

        if (!_owned.TryGetValue(type, out var owned))
        {
            owned = IsOwned(type.Assembly) || IsOwned(type.HasElementType ? type.GetElementType() : null) || (type.IsGenericType && type.GetGenericArguments().Any(IsOwned));
            _owned[type] = owned;
        }

        return owned;
    }

    private bool IsOwned(Assembly assembly) => AssemblyLoadContext.GetLoadContext(assembly) is { } context && _isWanted(context);

    private static string Describe(object value) => value is MemberInfo or Assembly or ParameterInfo ? $"{value}" : $"a {value.GetType()}";

    private sealed record Step(Step? Before, string Name)
    {
        public override string ToString() => Before is null ? Name : Before + Name;
    }
}
