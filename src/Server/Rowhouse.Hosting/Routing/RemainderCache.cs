namespace Rowhouse.Hosting;

/// <summary>
/// Cuts path bases off paths without allocating for paths that were seen before. Lossy: two paths that fall on the same
/// place drive one another out, which costs a string and nothing else. Threads share it without a lock, since an entry
/// never changes.
/// </summary>
internal sealed class RemainderCache
{
    // Fills a megabyte at the very most, and holds the paths that a busy server is asked for again and again.
    private const int Places = 512;
    private const int MaxPathLength = 256;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary><paramref name="path"/> without its first <paramref name="length"/> characters.</summary>
    public string Cut(string path, int length)
    {
        switch (path.Length - length)
        {
            case 0:
                return "";
            case 1 when path[length] == '/':
                return "/";
            case var rest when rest == path.Length:
                return path;
        }

        if (path.Length > MaxPathLength)
        {
            return path[length..];
        }

        ref var place = ref _entries[(uint)path.GetHashCode(StringComparison.Ordinal) % Places];
        var entry = Volatile.Read(ref place);
        if (entry is not null && entry.Length == length && string.Equals(entry.Path, path, StringComparison.Ordinal))
        {
            return entry.Rest;
        }

        entry = new Entry(path, length, path[length..]);
        Volatile.Write(ref place, entry);
        return entry.Rest;
    }

    private sealed record Entry(string Path, int Length, string Rest);
}
