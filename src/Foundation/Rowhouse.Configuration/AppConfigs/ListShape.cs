using System.Collections;

namespace Rowhouse.Configuration;

/// <summary>A type of list and how one is made.</summary>
internal sealed class ListShape
{
    private static readonly Type[] MadeAsArray = [typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>)];
    private static readonly Type[] MadeAsList = [typeof(List<>), typeof(IList<>), typeof(ICollection<>)];
    private static readonly Type[] MadeAsSet = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];

    private readonly Type? _made;

    private ListShape(Type element, Type? made)
    {
        Element = element;
        _made = made;
    }

    public Type Element { get; }

    public static ListShape? Find(Type type)
    {
        if (type.IsSZArray)
        {
            return new ListShape(type.GetElementType()!, null);
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open is null ? null
            : MadeAsArray.Contains(open) ? new ListShape(type.GenericTypeArguments[0], null)
            : MadeAsList.Contains(open) ? new ListShape(type.GenericTypeArguments[0], typeof(List<>))
            : MadeAsSet.Contains(open) ? new ListShape(type.GenericTypeArguments[0], typeof(HashSet<>))
            : null;
    }

    /// <summary>A list of these elements; one that is missing, because there is a problem with it, becomes the default of its type.</summary>
    public object Create(IEnumerable<object?> elements)
    {
        var all = elements.ToList();
        var array = Array.CreateInstance(Element, all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            array.SetValue(all[i], i);
        }

        return _made is null ? array : Activator.CreateInstance(_made.MakeGenericType(Element), [(IEnumerable)array])!;
    }
}
