using Microsoft.Extensions.Logging;

namespace Rowhouse.Backends;

/// <summary>What this project logs; ids from 4000.</summary>
internal static partial class Log
{
    [LoggerMessage(4200, LogLevel.Warning, "The data protection keys could not be read while the app started; cookies cannot be read or made before they can. {Reason}")]
    public static partial void NoKeysAtStart(ILogger logger, string reason);
}
