namespace Rowhouse.Benchmarks.Suites;

/// <summary>One figure.</summary>
/// <param name="Name">What it says, for people.</param>
/// <param name="Unit">The unit of the value and of the bound.</param>
/// <param name="Bound">What must be reached.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record Row(string Name, string Unit, Bound Bound, Func<BenchmarkRun, Task<Measured>> Measure)
{
    /// <summary>Whether a quick run says enough about this figure to judge it.</summary>
    public bool IsJudgedWhenQuick { get; init; } = true;
}
