namespace Rowhouse.Configuration;

/// <summary>A list that is written as one text: an element in each line, or else separated by commas.</summary>
internal static class ListText
{
    public static IEnumerable<string> Split(string text, ValueCast element)
    {
        var isUris = element is ValueCast<ConnectionUri>;
        var elements = text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)

            // A comma without a space behind it separates the hosts of one URI.
            : isUris ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return elements.Select(one => isUris ? one.TrimEnd(',') : one);
    }
}
