namespace Rowhouse.Sessions;

/// <summary>What became of a change.</summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Conflicts">How often another one was faster and the store began anew.</param>
public readonly record struct SessionCommit(SessionOutcome Outcome, int Conflicts = 0)
{
    /// <summary>The key that the session has now, if it was renewed meanwhile, whether the change was made or met other values there.</summary>
    internal SessionKey? Successor { get; init; }

    /// <summary>Whether the session was found under another key, since another request has renewed it meanwhile.</summary>
    internal bool IsMoved { get; init; }
}
