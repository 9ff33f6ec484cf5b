using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>How long it takes from a save to a response from the new code.</summary>
internal sealed record SaveTimes(Measured View, Measured Code);
