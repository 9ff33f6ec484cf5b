using System.Collections.Concurrent;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Sessions;

/// <summary>
/// Sessions in memcached: one item each, which is written only over the version that was read. Each key lies on one of the servers; while that is
/// down, its sessions are, and no others. memcached forgets: what was not used for the longest time, when it is full, and all of it when it is restarted.
/// </summary>
internal sealed partial class MemcachedSessionStore : SessionStore
{
    // The smallest -I that memcached takes. What fits into that needs no question.
    private const int SmallestItem = 1024;

    // memcached's own bytes in an item, with some to spare.
    private const int ItemOverhead = 128;

    private static readonly TimeSpan OneTick = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<MemcachedEndPoint, long> _maxItems = [];
    private readonly MemcachedBackend _memcached;
    private readonly SessionRecords _records;
    private readonly TimeProvider _time;
    private readonly string _prefix;

    public MemcachedSessionStore(SessionSetup setup)
        : this(setup, setup.Backends.GetMemcached(setup.Uri))
    {
    }

    private MemcachedSessionStore(SessionSetup setup, MemcachedBackend memcached)
        : base(memcached.Name)
    {
        _memcached = memcached;
        _records = new SessionRecords(setup.Logger, memcached.Name);
        _time = setup.Time;
        _prefix = $"{memcached.Prefix}rowhouse:session:{setup.App}:";
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    public override async Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        var (record, version) = await ReadAsync(key, cancellationToken);
        return record?.Alive(Now) is { } session ? session with { Version = version } : null;
    }

    public override async Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default)
    {
        // Who was faster has told that it is alive.
        var item = await ReadAsync(key, cancellationToken);
        if (item.Record?.Alive(Now) is { } session)
        {
            await TryStoreAsync(key, item, SessionRecord.Of(SessionMerge.Touched(session, modified, expires)), cancellationToken);
        }
    }

    public override async Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default)
    {
        await using var turn = new MemcachedTurn(_memcached, ItemOf(session.Key));
        for (var conflicts = 1; session.Expires > Now; conflicts++)
        {
            var item = await ReadAsync(session.Key, cancellationToken);
            if (item.Record is { } record && !record.YieldsTo(session, Now))
            {
                return false;
            }

            if (await TryStoreAsync(session.Key, item, SessionRecord.Of(session), cancellationToken))
            {
                return true;
            }

            await turn.WaitAsync(conflicts, cancellationToken);
        }

        return false;
    }

    internal override async Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(key, cancellationToken)).Record?.SuccessorAt(Now);

    private protected override async Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken)
    {
        await using var turn = new MemcachedTurn(_memcached, ItemOf(key));
        for (var conflicts = 1; ; conflicts++)
        {
            var item = await ReadAsync(key, cancellationToken);
            if (item.Record?.Alive(Now) is not { } session)
            {
                // It ended while this was under way, or somebody else renewed it.
                if (conflicts > 1)
                {
                    await DeleteAsync(newKey, cas: null, cancellationToken);
                }

                return false;
            }

            // The new one first, so that a change which is led to it finds it. Nobody else knows its key yet.
            await StoreAsync(newKey, cas: null, SessionRecord.Of(session with { Key = newKey }), cancellationToken);
            if (await TryStoreAsync(key, item, SessionRecord.LeadingTo(newKey, Now), cancellationToken))
            {
                return true;
            }

            await turn.WaitAsync(conflicts, cancellationToken);
        }
    }

    private protected override async Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken)
    {
        await using var turn = new MemcachedTurn(_memcached, ItemOf(key));
        for (var conflicts = 1; ; conflicts++)
        {
            var item = await ReadAsync(key, cancellationToken);
            if (item.Cas is not { } version || item.Record?.SuccessorAt(Now) is not null)
            {
                return false;
            }

            // Over the version that was read: it may be renewed at this moment.
            if (await DeleteAsync(key, version, cancellationToken))
            {
                return item.Record?.Alive(Now) is not null;
            }

            await turn.WaitAsync(conflicts, cancellationToken);
        }
    }

    private protected override async Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken)
    {
        await using var turn = new MemcachedTurn(_memcached, ItemOf(key));
        var isFresh = known?.Version is not ulong;
        var item = known is { Version: ulong version } ? new FoundItem(SessionRecord.Of(known), version) : await ReadAsync(key, cancellationToken);
        for (var conflicts = 0; ; item = await ReadAsync(key, cancellationToken), isFresh = true)
        {
            var (session, commit) = SessionMerge.Apply(key, item.Record, change, Now);
            if (session is null && isFresh)
            {
                return commit with { Conflicts = conflicts };
            }

            // What a caller knew from before says nothing against a change.
            if (session is null)
            {
                continue;
            }

            if (await TryStoreAsync(key, item, SessionRecord.Of(session), cancellationToken))
            {
                return commit with { Conflicts = conflicts };
            }

            await turn.WaitAsync(++conflicts, cancellationToken);
        }
    }

    private string ItemOf(SessionKey key) => $"{_prefix}{key}";

    private async Task<FoundItem> ReadAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var name = ItemOf(key);
        var item = await _memcached.CallAsync((client, token) => client.GetAsync(name, token), cancellationToken);
        return item is null ? default : new FoundItem(_records.Read(key, item.Value.Span), item.Cas);
    }

    private async Task<bool> TryStoreAsync(SessionKey key, FoundItem over, SessionRecord record, CancellationToken cancellationToken)
    {
        if (over.Cas is not null)
        {
            return await StoreAsync(key, over.Cas, record, cancellationToken);
        }

        var (name, bytes) = (ItemOf(key), SessionCodec.Write(record));
        await CheckSizeAsync(name, bytes.Length, cancellationToken);
        return (await _memcached.CallAsync((client, token) => client.AddAsync(name, bytes, Write(record), token), cancellationToken)).IsDone;
    }

    private async Task<bool> StoreAsync(SessionKey key, ulong? cas, SessionRecord record, CancellationToken cancellationToken)
    {
        var (name, bytes) = (ItemOf(key), SessionCodec.Write(record));
        await CheckSizeAsync(name, bytes.Length, cancellationToken);
        return (await _memcached.CallAsync((client, token) => client.SetAsync(name, bytes, Write(record) with { Cas = cas }, token), cancellationToken)).IsDone;
    }

    private async Task<bool> DeleteAsync(SessionKey key, ulong? cas, CancellationToken cancellationToken)
    {
        var name = ItemOf(key);
        return await _memcached.CallAsync((client, token) => client.DeleteAsync(name, cas, token), cancellationToken) == MemcachedStatus.Done;
    }

    // A tick more: memcached counts whole seconds, and the record itself says when it ends.
    private MemcachedWrite Write(SessionRecord record)
    {
        var left = record.Expires - Now;
        return new MemcachedWrite { TimeToLive = left > TimeSpan.Zero ? left + OneTick : -OneTick };
    }

    // What is too large must not be sent: with its refusal memcached removes what was there before.
    private async ValueTask CheckSizeAsync(string name, int bytes, CancellationToken cancellationToken)
    {
        var needed = name.Length + bytes + ItemOverhead;
        if (needed <= SmallestItem)
        {
            return;
        }

        var server = _memcached.Client.FindServer(name);
        if (!_maxItems.TryGetValue(server, out var most))
        {
            most = await _memcached.CallAsync((client, token) => client.GetMaxItemBytesAsync(server, token), cancellationToken);
            _maxItems[server] = most;
        }

        if (needed > most)
        {
            throw SessionsErrors.TooLargeForMemcached(server.ToString(), bytes, most);
        }
    }
}
