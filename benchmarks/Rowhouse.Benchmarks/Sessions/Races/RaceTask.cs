namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>What one process does in a race.</summary>
/// <param name="Process">Its name; the keys that it writes begin with it.</param>
/// <param name="IsStock">Whether it uses ASP.NET Core's own session, on Redis.</param>
/// <param name="Uri">The backend.</param>
/// <param name="Sessions">The ids of the sessions, the same for all processes.</param>
/// <param name="Writes">How many writes it makes.</param>
internal sealed record RaceTask(string Process, bool IsStock, string Uri, IReadOnlyList<string> Sessions, int Writes);
