namespace Rowhouse.Sessions;

/// <summary>A session as a store has it.</summary>
public sealed record StoredSession
{
    /// <summary>Under what it is stored.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>When it came into being, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Its last sign of life, UTC: the last commit, or the last touch, which comes at most once in a tenth of <see cref="IdleTimeout"/>.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>When it ends unless there is another sign of life, UTC. From then on no store serves it.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>When it ends in any case, UTC; null if never.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How long it lives without a sign of life.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Whether the app gave this session a time-out of its own ("remember me").</summary>
    public bool HasOwnTimeout { get; init; }

    /// <summary>Who was signed in at the last commit by somebody who was; null if nobody ever was.</summary>
    public string? User { get; init; }

    /// <summary>The address from which it was begun; null if unknown.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>What it holds. Nobody changes the bytes.</summary>
    public required IReadOnlyDictionary<string, byte[]> Values { get; init; }

    /// <summary>What the store needs to see whether the session has changed since; its own affair.</summary>
    internal object? Version { get; init; }

    /// <summary>The size of keys and values in bytes of UTF-8.</summary>
    public long Size => Values.Sum(value => (long)System.Text.Encoding.UTF8.GetByteCount(value.Key) + value.Value.Length);
}
