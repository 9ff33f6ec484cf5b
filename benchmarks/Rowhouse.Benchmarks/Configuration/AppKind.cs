using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>An app of this program that needs Redis for one of its pages.</summary>
/// <param name="Command">The word that starts it.</param>
/// <param name="Arguments">Its arguments, for the URI of a Redis.</param>
internal sealed record AppKind(string Command, Func<string, IEnumerable<string>> Arguments)
{
    /// <summary>A page that needs no Redis.</summary>
    public required string Plain { get; init; }

    /// <summary>A page that needs it.</summary>
    public required string Needing { get; init; }

    /// <summary>A page that tells the most threads that the pool has had since it was asked before.</summary>
    public required string Threads { get; init; }

    /// <summary>How often the page is asked for that needs Redis.</summary>
    public required int NeedingPerSecond { get; init; }

    /// <summary>Gets the cookie with which that page is asked for; null if it needs none.</summary>
    public Func<ServerProcess, CancellationToken, Task<string>>? BeginAsync { get; init; }
}
