namespace Rowhouse.Sessions;

/// <summary>What a change makes of what is stored: the one place where that is decided, for all stores that read, merge and write.</summary>
internal static class SessionMerge
{
    private static readonly Dictionary<string, byte[]> Nothing = [];

    /// <summary>Applies a change.</summary>
    /// <param name="key">The session.</param>
    /// <param name="current">What is stored; null if nothing.</param>
    /// <param name="change">The change.</param>
    /// <param name="now">The present.</param>
    /// <returns>What is to be stored, if anything, and what the caller is told once it is.</returns>
    public static (StoredSession? Session, SessionCommit Commit) Apply(SessionKey key, SessionRecord? current, SessionChange change, DateTimeOffset now)
    {
        if (current?.SuccessorAt(now) is { } successor)
        {
            return (null, new SessionCommit(SessionOutcome.Gone) { Successor = successor });
        }

        var alive = current?.Alive(now);
        if (alive is null && !change.IsNew)
        {
            return (null, new SessionCommit(SessionOutcome.Gone));
        }

        if (!Holds(change.Expected, alive?.Values ?? Nothing))
        {
            return (null, new SessionCommit(SessionOutcome.Unexpected));
        }

        return (Changed(alive ?? Begin(key, change), change), new SessionCommit(SessionOutcome.Saved));
    }

    /// <summary>A session after a sign of life, which never ends it earlier: another request may have given it a longer life meanwhile.</summary>
    public static StoredSession Touched(StoredSession session, DateTimeOffset modified, DateTimeOffset expires) =>
        session with { Modified = Later(session.Modified, modified), Expires = Later(session.Expires, expires) };

    private static bool Holds(IReadOnlyDictionary<string, byte[]?>? expected, IReadOnlyDictionary<string, byte[]> values)
    {
        if (expected is null)
        {
            return true;
        }

        foreach (var (name, value) in expected)
        {
            var isThere = values.TryGetValue(name, out var stored);
            if (isThere != value is not null || (isThere && !stored.AsSpan().SequenceEqual(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static StoredSession Begin(SessionKey key, SessionChange change) => new()
    {
        Key = key,
        Created = change.Modified,
        Modified = change.Modified,
        Expires = change.Expires,
        End = change.End,
        IdleTimeout = change.IdleTimeout,
        ClientAddress = change.ClientAddress,
        Values = Nothing,
    };

    // A request that has not seen that another one gave the session a time-out of its own, or a user, does not take it away.
    private static StoredSession Changed(StoredSession session, SessionChange change)
    {
        var keepsOwn = session.HasOwnTimeout && !change.HasOwnTimeout;
        return session with
        {
            Modified = change.Modified,
            Expires = keepsOwn ? Earlier(change.Modified + session.IdleTimeout, session.End) : change.Expires,
            IdleTimeout = keepsOwn ? session.IdleTimeout : change.IdleTimeout,
            HasOwnTimeout = keepsOwn || change.HasOwnTimeout,
            User = change.User ?? session.User,
            Values = Merged(change.IsCleared ? Nothing : session.Values, change.Values),
            Version = null,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset? end) => end < time ? end.Value : time;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    /// <summary>What is stored with some keys set or, where the value is null, removed.</summary>
    public static Dictionary<string, byte[]> Merged(IReadOnlyDictionary<string, byte[]> stored, IReadOnlyDictionary<string, byte[]?> changed)
    {
        // A copy of a dictionary as such is much faster than adding its entries one by one.
        var result = stored is Dictionary<string, byte[]> dictionary ? new Dictionary<string, byte[]>(dictionary, StringComparer.Ordinal) : new Dictionary<string, byte[]>(stored, StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = value;
            }
        }

        return result;
    }
}
