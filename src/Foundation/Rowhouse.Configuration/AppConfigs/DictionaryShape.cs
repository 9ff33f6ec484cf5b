using System.Collections;

namespace Rowhouse.Configuration;

/// <summary>A type of dictionary whose keys are texts, and how one is made. Keys are found without regard to case, as everywhere in a configuration.</summary>
internal sealed class DictionaryShape
{
    private static readonly Type[] Known = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    private DictionaryShape(Type value)
    {
        Value = value;
    }

    public Type Value { get; }

    public static DictionaryShape? Find(Type type) =>
        type.IsGenericType && Known.Contains(type.GetGenericTypeDefinition()) && type.GenericTypeArguments[0] == typeof(string)
            ? new DictionaryShape(type.GenericTypeArguments[1])
            : null;

    public IDictionary Create() =>
        (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), Value), StringComparer.OrdinalIgnoreCase)!;
}
