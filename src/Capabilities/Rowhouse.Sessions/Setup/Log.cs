using Microsoft.Extensions.Logging;

namespace Rowhouse.Sessions;

/// <summary>What this project logs; ids from 5000.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Warning, "Sessions are unavailable. {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Information, "Sessions are available again.")]
    public static partial void AvailableAgain(ILogger logger);

    [LoggerMessage(5002, LogLevel.Debug, "A request changed a session that had ended meanwhile; the change was dropped.")]
    public static partial void Gone(ILogger logger);

    [LoggerMessage(5003, LogLevel.Warning, "A session that has lived on could not be noted as alive. {Reason}")]
    public static partial void NotTouched(ILogger logger, string reason);

    [LoggerMessage(5004, LogLevel.Information, "Removed {Count} expired sessions.")]
    public static partial void Trashed(ILogger logger, long count);

    [LoggerMessage(5005, LogLevel.Warning, "Expired sessions could not be removed; it is tried again in the next round. {Reason}")]
    public static partial void NotTrashed(ILogger logger, string reason);
}
