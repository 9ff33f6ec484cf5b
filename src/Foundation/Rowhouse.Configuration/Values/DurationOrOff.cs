namespace Rowhouse.Configuration;

/// <summary>A duration that can also be <c>off</c>; null means that.</summary>
internal readonly record struct DurationOrOff(TimeSpan? Duration)
{
    public static bool TryParse(string text, out DurationOrOff value)
    {
        var isDuration = DurationText.TryParse(text, out var duration);
        value = new DurationOrOff(isDuration && duration > TimeSpan.Zero ? duration : null);
        return isDuration || text.Equals("off", StringComparison.OrdinalIgnoreCase);
    }
}
