namespace Rowhouse.Benchmarks.Suites;

/// <summary>A row with what was measured; without a value if the measurement failed.</summary>
internal sealed record Figure(Row Row, Measured? Measured, string? Failure, bool IsJudged)
{
    public bool IsOk => Measured is { } measured && (!IsJudged || Row.Bound.IsMetBy(measured.Value));

    public string MustReach => Row.Bound.Describe(Row.Unit) + (IsJudged ? "" : " (judged in a full run)");
}
