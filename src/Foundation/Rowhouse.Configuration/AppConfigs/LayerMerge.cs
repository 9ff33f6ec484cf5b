using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Lays values over values. A list replaces a list as a whole: its elements are not mixed with those below.</summary>
internal sealed class LayerMerge
{
    private readonly List<LayerValue?> _merged = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    private LayerMerge()
    {
    }

    /// <summary>The values that hold, each in the place where its key was first written.</summary>
    public static List<LayerValue> Merge(IEnumerable<IReadOnlyList<LayerValue>> layers)
    {
        var merge = new LayerMerge();
        foreach (var layer in layers)
        {
            merge.RemoveLists(layer);
            foreach (var value in layer)
            {
                merge.Put(value);
            }
        }

        return [.. merge._merged.OfType<LayerValue>()];
    }

    // The keys under which all parts are the numbers 0, 1, 2 …: a section of other numbers ([errors] 404 = …) is no list.
    private static HashSet<string> ListsOf(IEnumerable<LayerValue> layer)
    {
        var parts = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in layer.Select(value => ConfigKey.Normalize(value.Key)))
        {
            foreach (var above in Above(key))
            {
                parts.TryAdd(above, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                parts[above].Add(key[(above.Length + 1)..].Split(':')[0]);
            }
        }

        return parts
            .Where(list => Enumerable.Range(0, list.Value.Count).All(number => list.Value.Contains(number.ToString(CultureInfo.InvariantCulture))))
            .Select(list => list.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    // `a` and `a:b` of `a:b:c`.
    private static IEnumerable<string> Above(string key)
    {
        for (var end = key.IndexOf(':', StringComparison.Ordinal); end >= 0; end = key.IndexOf(':', end + 1))
        {
            yield return key[..end];
        }
    }

    // A list above replaces the list below and the single text; a single text above replaces the list below.
    private void RemoveLists(IReadOnlyList<LayerValue> layer)
    {
        if (_merged.Count == 0)
        {
            return;
        }

        var lists = ListsOf(layer);
        var replaced = layer.Select(value => ConfigKey.Normalize(value.Key)).Concat(lists).ToHashSet(StringComparer.OrdinalIgnoreCase);
        replaced.IntersectWith(ListsOf(_merged.OfType<LayerValue>()));
        foreach (var key in _places.Keys.Where(key => lists.Contains(key) || Above(key).Any(replaced.Contains)).ToList())
        {
            _places.Remove(key, out var place);
            _merged[place] = null;
        }
    }

    private void Put(LayerValue value)
    {
        if (_places.TryGetValue(ConfigKey.Normalize(value.Key), out var place))
        {
            _merged[place] = value with { Key = _merged[place]!.Key };
            return;
        }

        _places.Add(ConfigKey.Normalize(value.Key), _merged.Count);
        _merged.Add(value);
    }
}
