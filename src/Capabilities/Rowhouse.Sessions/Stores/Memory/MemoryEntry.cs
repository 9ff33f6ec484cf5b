namespace Rowhouse.Sessions;

/// <summary>A session in memory: what it holds is exchanged as a whole, so that nobody waits for anybody.</summary>
internal sealed class MemoryEntry
{
    // Measured on .NET 10, 64 bits: key, entry, record, session and dictionary; then an entry of the dictionary, two headers and padding.
    private const int SizeOfSession = 800;
    private const int SizeOfValue = 100;

    private SessionRecord? _record;
    private long _used;

    public MemoryEntry(SessionKey key, SessionRecord record, long used)
    {
        Key = key;
        _record = record;
        _used = used;
    }

    public SessionKey Key { get; }

    /// <summary>What it holds; null once it is removed, for ever.</summary>
    public SessionRecord? Record => Volatile.Read(ref _record);

    /// <summary>When it was last used, in milliseconds of the process.</summary>
    public long Used
    {
        get => Volatile.Read(ref _used);
        set => Volatile.Write(ref _used, value);
    }

    /// <summary>The memory that a record takes, in bytes, roughly.</summary>
    public static long SizeOf(SessionRecord record)
    {
        long size = SizeOfSession;
        if (record.Session is { } session)
        {
            foreach (var (name, value) in session.Values)
            {
                size += SizeOfValue + (2 * name.Length) + value.Length;
            }
        }

        return size;
    }

    /// <summary>Exchanges what it holds, unless somebody else did.</summary>
    public bool TryReplace(SessionRecord current, SessionRecord? next) => ReferenceEquals(Interlocked.CompareExchange(ref _record, next, current), current);
}
