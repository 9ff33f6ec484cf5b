namespace Rowhouse.Sessions;

/// <summary>Which sessions are trash.</summary>
public sealed record SessionTrash
{
    /// <summary>The present, UTC. What is expired by then is trash in any case.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Sessions without a sign of life for this long are trash too; null if the sessions' own time-outs say all.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>Whether <see cref="Expiration"/> also holds for sessions with a time-out of their own ("remember me").</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether a session is trash.</summary>
    public bool Includes(DateTimeOffset modified, DateTimeOffset expires, bool hasOwnTimeout) =>
        expires <= Now || (Expiration is { } age && modified <= Now - age && (IsForced || !hasOwnTimeout));
}
