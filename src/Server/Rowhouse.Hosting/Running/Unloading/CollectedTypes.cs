using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>The types of one load context, and those made of them: arrays, generic instances.</summary>
internal sealed class CollectedTypes
{
    private readonly AssemblyLoadContext _context;

    public CollectedTypes(AssemblyLoadContext context)
    {
        _context = context;
    }

    /// <summary>Whether a key of a cache is one of them, or a member, parameter or assembly of them.</summary>
    public bool Owns(object key) => key switch
    {
        Type type => Contains(type),
        MethodInfo { IsGenericMethod: true } method => Contains(method.DeclaringType) || method.GetGenericArguments().Any(Contains),
        MemberInfo member => Contains(member.DeclaringType) || Contains(member.ReflectedType),
        ParameterInfo parameter => Owns(parameter.Member),
        ITuple tuple => Enumerable.Range(0, tuple.Length).Any(index => tuple[index] is { } item && Owns(item)),
        Assembly assembly => AssemblyLoadContext.GetLoadContext(assembly) == _context,
        _ => false,
    };

    public bool Contains(Type? type) =>
        type is { IsCollectible: true }
        && (AssemblyLoadContext.GetLoadContext(type.Assembly) == _context
            || (type.HasElementType && Contains(type.GetElementType()))
            || (type.IsGenericType && type.GetGenericArguments().Any(Contains)));
}
