using System.Globalization;

namespace Rowhouse.Cli;

/// <summary>Writes a number of bytes for a person, in powers of 1000 as disks and browsers do.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    public static string Describe(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
