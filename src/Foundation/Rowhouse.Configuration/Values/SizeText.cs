using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Sizes as people write them: <c>512MB</c>, <c>2 GB</c>, <c>64kb</c>, or a bare number of bytes. 1 KB is 1024 bytes, 1 MB 1024 KB, 1 GB 1024 MB.</summary>
internal static class SizeText
{
    private static readonly (string Name, int Shift)[] Units = [("KB", 10), ("MB", 20), ("GB", 30), ("B", 0), ("", 0)];

    public static bool TryParse(string text, out long bytes)
    {
        var (name, shift) = Units.First(unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        var isNumber = long.TryParse(text.AsSpan(0, text.Length - name.Length).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        bytes = isNumber && number <= long.MaxValue >> shift ? number << shift : 0;
        return isNumber && number <= long.MaxValue >> shift;
    }
}
