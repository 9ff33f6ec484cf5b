using Microsoft.Extensions.Logging;

namespace Rowhouse.Sessions;

/// <summary>What the stores log; ids from 5030.</summary>
internal static partial class StoresLog
{
    [LoggerMessage(5030, LogLevel.Warning, "RH5030: {Store} has a record that is no session or not whole; the visitor gets a fresh session. The first such key is {Key}; others are not named.")]
    public static partial void BadRecord(ILogger logger, string store, SessionKey key);
}
