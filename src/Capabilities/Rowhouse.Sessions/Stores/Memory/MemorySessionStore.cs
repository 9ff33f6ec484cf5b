using System.Runtime.CompilerServices;

namespace Rowhouse.Sessions;

/// <summary>Sessions in the memory of this process. They end with it. Beyond <c>max</c> those go first that were not used for the longest time.</summary>
internal sealed class MemorySessionStore : SessionStore
{
    /// <summary>Some 50,000 sessions of a few hundred bytes.</summary>
    private const long DefaultMax = 64 << 20;

    private readonly MemorySessions _sessions;
    private readonly TimeProvider _time;

    public MemorySessionStore(SessionSetup setup)
        : base("memory:")
    {
        _sessions = MemorySessions.Of(setup.Backends.DataFolder, setup.App, setup.Uri.FindSize("max") ?? DefaultMax);
        _time = setup.Time;
    }

    /// <summary>How much memory is taken, in bytes, roughly.</summary>
    internal long Size => _sessions.Size;

    private DateTimeOffset Now => _time.GetUtcNow();

    public override Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_sessions.Find(key)?.Record?.Alive(Now));

    public override Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default)
    {
        while (_sessions.Find(key) is { Record: { } record } entry && record.Alive(Now) is { } session)
        {
            if (_sessions.TryStore(key, entry, record, SessionRecord.Of(SessionMerge.Touched(session, modified, expires))))
            {
                break;
            }
        }

        return Task.CompletedTask;
    }

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var entry in _sessions.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Record?.Alive(Now) is { } session)
            {
                yield return session;
            }
        }

        await Task.CompletedTask;
    }

    public override Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default)
    {
        while (session.Expires > Now)
        {
            var entry = _sessions.Find(session.Key);
            var record = entry?.Record;
            if (record is not null && !record.YieldsTo(session, Now))
            {
                break;
            }

            if (_sessions.TryStore(session.Key, entry, record, SessionRecord.Of(session with { Version = null })))
            {
                return Task.FromResult(true);
            }
        }

        return Task.FromResult(false);
    }

    // Expired ones are few and memory is fast: a step that finds nothing has looked at everything, and one that is full is followed by another one.
    public override Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        var removed = 0;
        foreach (var entry in _sessions.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Record is not { } record || !IsTrash(trash, record))
            {
                continue;
            }

            removed += _sessions.TryRemove(entry, record) && record.Session is not null ? 1 : 0;
            if (removed == limit)
            {
                return Task.FromResult(new TrashStep(removed, "more"));
            }
        }

        return Task.FromResult(new TrashStep(removed, Position: null));
    }

    internal override Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_sessions.Find(key)?.Record?.SuccessorAt(Now));

    private protected override Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken)
    {
        var isBegun = false;
        while (_sessions.Find(key) is { Record: { } record } entry && record.Alive(Now) is { } session)
        {
            // The new one first, so that a change which is led to it finds it. Nobody else knows its key yet.
            var next = _sessions.Find(newKey);
            var isThere = _sessions.TryStore(newKey, next, next?.Record, SessionRecord.Of(session with { Key = newKey }));
            isBegun |= isThere;
            if (isThere && _sessions.TryStore(key, entry, record, SessionRecord.LeadingTo(newKey, Now)))
            {
                return Task.FromResult(true);
            }
        }

        // It ended while this was under way, or somebody else renewed it.
        if (isBegun && _sessions.Find(newKey) is { Record: { } orphan } left)
        {
            _sessions.TryRemove(left, orphan);
        }

        return Task.FromResult(false);
    }

    private protected override Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken)
    {
        while (_sessions.Find(key) is { Record: { } record } entry && record.SuccessorAt(Now) is null)
        {
            if (_sessions.TryRemove(entry, record))
            {
                return Task.FromResult(record.Alive(Now) is not null);
            }
        }

        return Task.FromResult(false);
    }

    private protected override Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var entry = _sessions.Find(key);
            var record = entry?.Record;
            var (session, commit) = SessionMerge.Apply(key, record, change, Now);
            if (session is null || _sessions.TryStore(key, entry, record, SessionRecord.Of(session)))
            {
                return Task.FromResult(commit with { Conflicts = conflicts });
            }
        }
    }

    private static bool IsTrash(SessionTrash trash, SessionRecord record) => record.Session is { } session
        ? trash.Includes(session.Modified, session.Expires, session.HasOwnTimeout)
        : record.Expires <= trash.Now;
}
