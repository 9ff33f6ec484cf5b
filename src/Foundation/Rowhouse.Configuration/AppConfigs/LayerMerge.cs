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

    // The key of the list of which this is an element: `hosts` of `hosts:0` and of `hosts:0:name`.
    private static string? ListOf(LayerValue value)
    {
        var parts = value.Key.Split(':');
        var number = Array.FindIndex(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return number < 1 ? null : string.Join(':', parts[..number]);
    }

    // An element above replaces the elements below and the single text; a single text above replaces the elements below.
    private void RemoveLists(IReadOnlyList<LayerValue> layer)
    {
        if (_merged.Count == 0)
        {
            return;
        }

        var lists = layer.Select(ListOf).OfType<string>().Select(ConfigKey.Normalize).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var replaced = layer.Select(value => ConfigKey.Normalize(value.Key)).Concat(lists).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var below in _merged.OfType<LayerValue>().ToList())
        {
            if (lists.Contains(ConfigKey.Normalize(below.Key)) || (ListOf(below) is { } list && replaced.Contains(ConfigKey.Normalize(list))))
            {
                _places.Remove(ConfigKey.Normalize(below.Key), out var place);
                _merged[place] = null;
            }
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
