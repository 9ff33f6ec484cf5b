namespace Rowhouse.Benchmarks.Configuration;

/// <summary>How a node fared in a round.</summary>
/// <param name="Protected">What it protected; null if it failed.</param>
/// <param name="Keys">The keys that it knew then.</param>
/// <param name="Complaints">What went wrong, or was warned of.</param>
internal sealed record KeysAnswer(string? Protected, IReadOnlyList<Guid> Keys, IReadOnlyList<string> Complaints);
