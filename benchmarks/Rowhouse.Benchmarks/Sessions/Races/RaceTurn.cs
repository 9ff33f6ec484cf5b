namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>One write.</summary>
/// <param name="Found">What the session held when it was loaded, before the write.</param>
/// <param name="Conflicts">How often the store had to begin anew, since another one was faster.</param>
internal sealed record RaceTurn(IReadOnlyDictionary<string, byte[]> Found, int Conflicts);
