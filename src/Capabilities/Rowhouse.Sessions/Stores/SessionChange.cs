namespace Rowhouse.Sessions;

/// <summary>What a request changed: some keys, never the whole session.</summary>
public sealed record SessionChange
{
    /// <summary>Whether the session comes into being with this; else it must be there.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether all that is stored is removed first.</summary>
    public bool IsCleared { get; init; }

    /// <summary>The new values; null means that the key is removed.</summary>
    public required IReadOnlyDictionary<string, byte[]?> Values { get; init; }

    /// <summary>What must be stored for the change to be made, null meaning that the key must not be there; for reading, computing and writing in one.</summary>
    public IReadOnlyDictionary<string, byte[]?>? Expected { get; init; }

    /// <summary>The moment of the change, UTC.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>See <see cref="StoredSession.Expires"/>; a session that keeps a time-out of its own ends by that.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>See <see cref="StoredSession.End"/>. What a session began with stays.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>See <see cref="StoredSession.IdleTimeout"/>.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>See <see cref="StoredSession.HasOwnTimeout"/>. Where the change brings none, a session keeps the one that it has.</summary>
    public bool HasOwnTimeout { get; init; }

    /// <summary>See <see cref="StoredSession.User"/>. Where the change brings none, a session keeps the one that it has.</summary>
    public string? User { get; init; }

    /// <summary>See <see cref="StoredSession.ClientAddress"/>. What a session began with stays.</summary>
    public string? ClientAddress { get; init; }
}
