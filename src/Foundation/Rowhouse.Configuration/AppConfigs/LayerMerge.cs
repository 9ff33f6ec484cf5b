using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Lays values over values.</summary>
internal static class LayerMerge
{
    /// <summary>The values that hold, each in the place where its key was first written.</summary>
    public static List<LayerValue> Merge(IEnumerable<IReadOnlyList<LayerValue>> layers)
    {
        var merged = new List<LayerValue>();
        foreach (var layer in layers)
        {
            // A list replaces a list: its elements are not mixed with those below.
            foreach (var key in layer.Select(value => value.Key).Concat(layer.Select(ListOf).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase).ToList())
            {
                merged.RemoveAll(below => ListOf(below) is { } list && IsSame(list, key));
            }

            foreach (var value in layer)
            {
                var place = merged.FindIndex(below => IsSame(below.Key, value.Key));
                if (place < 0)
                {
                    merged.Add(value);
                }
                else
                {
                    merged[place] = value with { Key = merged[place].Key };
                }
            }

            // And an element makes a list of what was a single text.
            var lists = layer.Select(ListOf).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            merged.RemoveAll(value => lists.Contains(value.Key) && !layer.Contains(value));
        }

        return merged;
    }

    // The key of the list of which this is an element: `hosts` of `hosts:0` and of `hosts:0:name`.
    private static string? ListOf(LayerValue value)
    {
        var parts = value.Key.Split(':');
        var number = Array.FindIndex(parts, 1, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return parts.Length < 2 || number < 0 ? null : string.Join(':', parts[..number]);
    }

    private static bool IsSame(string key, string other) => ConfigKey.Normalize(key).Equals(ConfigKey.Normalize(other), StringComparison.OrdinalIgnoreCase);
}
