using System.Collections.Concurrent;

namespace Rowhouse.Sessions;

/// <summary>
/// The sessions of an app in the memory of this process. They belong to the app, not to an instance of it, so that a reload logs nobody out, and
/// hold nothing of the app's own types, so that they keep no instance alive.
/// </summary>
internal sealed class MemorySessions
{
    private static readonly ConcurrentDictionary<(string? DataFolder, string App), MemorySessions> All = [];

    private readonly ConcurrentDictionary<SessionKey, MemoryEntry> _entries = [];
    private long _max;
    private long _size;
    private int _isTrimming;

    /// <summary>How much memory is taken, in bytes, roughly.</summary>
    public long Size => Interlocked.Read(ref _size);

    /// <summary>All entries. What comes or goes meanwhile may be among them or not.</summary>
    public IEnumerable<MemoryEntry> Entries => _entries.Select(entry => entry.Value);

    /// <summary>Those of an app: one of a server by its data folder, any other by its name.</summary>
    /// <param name="dataFolder">The data folder of the app, if it has one.</param>
    /// <param name="app">The name of the app.</param>
    /// <param name="max">The most memory that is taken from now on, in bytes.</param>
    public static MemorySessions Of(string? dataFolder, string app, long max)
    {
        var sessions = All.GetOrAdd((dataFolder, app), static _ => new MemorySessions());
        Interlocked.Exchange(ref sessions._max, max);
        return sessions;
    }

    public MemoryEntry? Find(SessionKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        entry.Used = Environment.TickCount64;
        return entry;
    }

    /// <summary>Stores a record in the place of what was found, unless something else stands there by now.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The entry that was found, if any.</param>
    /// <param name="current">What it held then.</param>
    /// <param name="next">What is stored.</param>
    public bool TryStore(SessionKey key, MemoryEntry? entry, SessionRecord? current, SessionRecord next)
    {
        if (entry is not null && current is not null)
        {
            var isStored = entry.TryReplace(current, next);
            Count(isStored ? MemoryEntry.SizeOf(next) - MemoryEntry.SizeOf(current) : 0);
            return isStored;
        }

        if (entry is not null)
        {
            // Who removes it has not come to this yet.
            Detach(entry);
        }

        var isAdded = _entries.TryAdd(key, new MemoryEntry(key, next, Environment.TickCount64));
        Count(isAdded ? MemoryEntry.SizeOf(next) : 0);
        return isAdded;
    }

    /// <summary>Removes a record unless something else stands there by now.</summary>
    public bool TryRemove(MemoryEntry entry, SessionRecord current)
    {
        if (!entry.TryReplace(current, next: null))
        {
            return false;
        }

        Detach(entry);
        Count(-MemoryEntry.SizeOf(current));
        return true;
    }

    private void Detach(MemoryEntry entry) => _entries.TryRemove(new KeyValuePair<SessionKey, MemoryEntry>(entry.Key, entry));

    private void Count(long bytes)
    {
        if (Interlocked.Add(ref _size, bytes) > Interlocked.Read(ref _max) && Interlocked.Exchange(ref _isTrimming, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static sessions => sessions.Trim(), this, preferLocal: false);
        }
    }

    // Down to nine tenths, so that the next time is not at once. Sorting is what costs, once for so many new sessions.
    private void Trim()
    {
        var goal = Interlocked.Read(ref _max) / 10 * 9;
        foreach (var (_, entry) in Entries.Select(entry => (entry.Used, Entry: entry)).OrderBy(entry => entry.Used))
        {
            if (Size <= goal)
            {
                break;
            }

            while (entry.Record is { } record && !TryRemove(entry, record))
            {
                // It was written meanwhile.
            }
        }

        Interlocked.Exchange(ref _isTrimming, 0);
        Count(0);
    }
}
