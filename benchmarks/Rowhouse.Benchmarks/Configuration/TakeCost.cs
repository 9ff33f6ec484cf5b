namespace Rowhouse.Benchmarks.Configuration;

/// <summary>What it costs to take a value that was taken before.</summary>
internal sealed record TakeCost(double Nanoseconds, double Bytes, string Detail);
