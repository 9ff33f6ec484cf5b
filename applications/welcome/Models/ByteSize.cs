using System.Globalization;

namespace Welcome.Models;

/// <summary>Says how big something is.</summary>
public static class ByteSize
{
    public static string Format(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0} MB");
}
