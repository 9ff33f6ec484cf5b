namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>What became of the writes of a race.</summary>
/// <param name="Writes">How many were made.</param>
/// <param name="Lost">How many were not there afterwards.</param>
/// <param name="Conflicts">How often a store had to begin anew.</param>
internal sealed record RaceResult(int Writes, int Lost, int Conflicts)
{
    public static RaceResult operator +(RaceResult one, RaceResult other) => new(one.Writes + other.Writes, one.Lost + other.Lost, one.Conflicts + other.Conflicts);
}
