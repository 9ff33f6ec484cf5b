using System.Globalization;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Durations as people write them: <c>20m</c>, <c>1h30m</c>, <c>250ms</c>. The units are d, h, m, s, ms, each once, the larger first.</summary>
internal static class DurationText
{
    private const int MaxDigits = 9;

    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>The shortest text that gives <paramref name="duration"/>; what is less than a millisecond is left out.</summary>
    public static string Print(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (name, length) in Units)
        {
            if (duration >= length)
            {
                text.Append(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{name}");
                duration = new TimeSpan(duration.Ticks % length.Ticks);
            }
        }

        return text.Length == 0 ? "0" : text.ToString();
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        var rest = text.AsSpan();
        var firstAllowed = 0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > MaxDigits)
            {
                return false;
            }

            var length = rest[digits..].IndexOfAnyInRange('0', '9');
            var name = length < 0 ? rest[digits..].ToString() : rest.Slice(digits, length).ToString();
            var unit = Array.FindIndex(Units, firstAllowed, candidate => candidate.Name == name);
            if (unit < 0)
            {
                return false;
            }

            var added = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * (decimal)Units[unit].Length.Ticks;
            if (duration.Ticks + added > TimeSpan.MaxValue.Ticks)
            {
                return false;
            }

            duration += TimeSpan.FromTicks((long)added);
            firstAllowed = unit + 1;
            rest = rest[(digits + name.Length)..];
        }

        return text.Length > 0;
    }
}
