namespace Rowhouse.Benchmarks.Suites;

/// <summary>What a measurement found.</summary>
/// <param name="Value">The figure, in the row's unit.</param>
/// <param name="Detail">What it is made of: counts, peers, spread.</param>
internal sealed record Measured(double Value, string Detail);
