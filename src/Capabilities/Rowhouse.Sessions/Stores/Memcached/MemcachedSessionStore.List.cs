using System.Runtime.CompilerServices;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Sessions;

/// <summary>Walks through all sessions by memcached's own list of its keys.</summary>
internal sealed partial class MemcachedSessionStore
{
    // At 1 MiB each as much as a connection may be owed.
    private const int KeysPerPage = 50;

    // The list has limits of its own, for each silence; this is only for a server that sends one line after the other.
    private static readonly TimeSpan PageLimit = TimeSpan.FromMinutes(1);

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (session, _) in WalkAsync(cancellationToken))
        {
            if (session.Expires > Now)
            {
                yield return session;
            }
        }
    }

    // memcached has no place to go on from: each step begins anew, and finds what the last one has left.
    public override async Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var removed = 0;
        if (trash.Expiration is null && trash.Now <= Now)
        {
            // What is expired takes no place: memcached gives it to others.
            return default;
        }

        await foreach (var (session, version) in WalkAsync(cancellationToken))
        {
            if (!trash.Includes(session.Modified, session.Expires, session.HasOwnTimeout) || !await DeleteAsync(session.Key, version, cancellationToken))
            {
                continue;
            }

            removed++;
            if (removed == limit)
            {
                return new TrashStep(removed, "more");
            }
        }

        return new TrashStep(removed, Position: null);
    }

    private async IAsyncEnumerable<(StoredSession Session, ulong Version)> WalkAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var names = _memcached.Client.ListKeysAsync(_prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await _memcached.CallAsync(_ => TakePageAsync(names), PageLimit, CancellationToken.None) is { Count: > 0 } page)
        {
            var items = await _memcached.CallAsync((client, token) => ReadPageAsync(client, page, token), cancellationToken);
            foreach (var (name, item) in items)
            {
                if (SessionKey.TryParse(name[_prefix.Length..], out var key) && _records.Read(key, item.Value.Span)?.Session is { } session)
                {
                    yield return (session, item.Cas);
                }
            }
        }
    }

    private static async Task<List<string>> TakePageAsync(IAsyncEnumerator<string> names)
    {
        var page = new List<string>();
        while (page.Count < KeysPerPage && await names.MoveNextAsync())
        {
            page.Add(names.Current);
        }

        return page;
    }

    private static async ValueTask<IReadOnlyDictionary<string, MemcachedItem>> ReadPageAsync(MemcachedClient client, List<string> names, CancellationToken cancellationToken)
    {
        var items = await client.GetManyAsync(names, cancellationToken);
        return items.Failed.Count == 0 ? items.Found : throw items.Failed.First().Value;
    }
}
