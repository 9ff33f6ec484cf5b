using System.Globalization;

namespace Rowhouse.Benchmarks.Suites;

/// <summary>What a figure must reach.</summary>
internal sealed record Bound
{
    private readonly double _limit;
    private readonly bool _isFloor;

    private Bound(double limit, bool isFloor)
    {
        _limit = limit;
        _isFloor = isFloor;
    }

    public static Bound AtLeast(double limit) => new(limit, isFloor: true);

    public static Bound AtMost(double limit) => new(limit, isFloor: false);

    public bool IsMetBy(double value) => _isFloor ? value >= _limit : value <= _limit;

    public string Describe(string unit) => string.Create(CultureInfo.InvariantCulture, $"{(_isFloor ? "≥" : "≤")} {_limit} {unit}").TrimEnd();
}
