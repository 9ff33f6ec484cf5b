using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Rowhouse.Sessions;

/// <summary>The sessions that were seen last, so that they can be read while the backend is down.</summary>
internal sealed class SessionCopies : IDisposable
{
    private const long MaxBytes = 32 * 1024 * 1024;

    // What an entry costs besides its content, about.
    private const int Overhead = 1024;

    private readonly MemoryCache _cache = new(Options.Create(new MemoryCacheOptions { SizeLimit = MaxBytes, CompactionPercentage = 0.1 }), NullLoggerFactory.Instance);
    private readonly TimeProvider _time;

    public SessionCopies(TimeProvider time)
    {
        _time = time;
    }

    public StoredSession? Find(SessionKey key) =>
        _cache.TryGetValue(key, out var found) && found is StoredSession session && session.Expires > _time.GetUtcNow() ? session : null;

    public void Keep(StoredSession session)
    {
        using var entry = _cache.CreateEntry(session.Key);
        entry.Value = session;
        entry.Size = session.Size + Overhead;
    }

    public void Drop(SessionKey key) => _cache.Remove(key);

    public void Dispose() => _cache.Dispose();
}
