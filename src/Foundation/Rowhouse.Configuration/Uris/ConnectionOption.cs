using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>One option that a scheme knows.</summary>
/// <param name="Name">The name, in lower case.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Meaning">What it does, for a person.</param>
internal sealed record ConnectionOption(string Name, OptionKind Kind, string Meaning)
{
    public string[] Words { get; init; } = [];

    /// <summary>The least number, or the least number of bytes or milliseconds.</summary>
    public long Min { get; init; }

    /// <summary>The largest number, or the largest number of bytes or milliseconds.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>What may stand there, for a person.</summary>
    public string Allowed => Kind switch
    {
        OptionKind.Text => "a text",
        OptionKind.Path => "the path of a file or folder",
        OptionKind.Word => string.Join(", ", Words),
        OptionKind.Number => string.Create(CultureInfo.InvariantCulture, $"a number from {Min} to {Max}"),
        OptionKind.Duration => $"a time from {DurationText.Print(TimeSpan.FromMilliseconds(Min))} to {DurationText.Print(TimeSpan.FromMilliseconds(Max))} such as 5s (units d, h, m, s, ms)",
        _ => "a size such as 64MB (units B, KB, MB, GB)",
    };

    public bool Accepts(string value) => Kind switch
    {
        OptionKind.Text or OptionKind.Path => value.Length > 0,
        OptionKind.Word => Words.Contains(value, StringComparer.Ordinal),
        OptionKind.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Min && number <= Max,
        OptionKind.Duration => DurationText.TryParse(value, out var time) && time.TotalMilliseconds >= Min && time.TotalMilliseconds <= Max,
        _ => SizeText.TryParse(value, out var bytes) && bytes >= Min && bytes <= Max,
    };
}
