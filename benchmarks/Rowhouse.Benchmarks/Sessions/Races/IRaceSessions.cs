namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>Sessions that several race for: Rowhouse's, or those of ASP.NET Core.</summary>
internal interface IRaceSessions
{
    /// <summary>What a session holds.</summary>
    Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(string id);

    /// <summary>Loads a session and writes one value to it, as a request does.</summary>
    /// <returns>What was loaded.</returns>
    Task<RaceTurn> WriteAsync(string id, string key, byte[] value);
}
