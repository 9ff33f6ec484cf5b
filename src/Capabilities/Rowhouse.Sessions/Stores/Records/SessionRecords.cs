using Microsoft.Extensions.Logging;

namespace Rowhouse.Sessions;

/// <summary>Reads the records of one store. One that is broken or foreign counts as none, and is told once.</summary>
internal sealed class SessionRecords
{
    private readonly ILogger _logger;
    private readonly string _store;
    private int _isTold;

    public SessionRecords(ILogger logger, string store)
    {
        _logger = logger;
        _store = store;
    }

    /// <summary>The record; null if it is none.</summary>
    public SessionRecord? Read(SessionKey key, ReadOnlySpan<byte> bytes)
    {
        if (SessionCodec.TryRead(key, bytes, out var record))
        {
            return record;
        }

        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            StoresLog.BadRecord(_logger, _store, key);
        }

        return null;
    }
}
