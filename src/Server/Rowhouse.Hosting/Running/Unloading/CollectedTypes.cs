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

    public bool Contains(Type? type) =>
        type is { IsCollectible: true }
        && (AssemblyLoadContext.GetLoadContext(type.Assembly) == _context
            || (type.HasElementType && Contains(type.GetElementType()))
            || (type.IsGenericType && type.GetGenericArguments().Any(Contains)));
}
