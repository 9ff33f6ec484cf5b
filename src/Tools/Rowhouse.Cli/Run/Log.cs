using Microsoft.Extensions.Logging;

namespace Rowhouse.Cli;

/// <summary>What the command line logs while a server runs; ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "{File} was read again and is in force.")]
    public static partial void ConfigReloaded(ILogger logger, string file);

    [LoggerMessage(3001, LogLevel.Error, "{Error}")]
    public static partial void ConfigError(ILogger logger, string error);

    [LoggerMessage(3002, LogLevel.Error, "{File} was not taken; the server goes on with the configuration it had. Mend the file and send SIGHUP again.")]
    public static partial void ConfigKept(ILogger logger, string file);

    [LoggerMessage(3003, LogLevel.Warning, "{File} asks for other listeners. They change with a restart only.")]
    public static partial void ListenersNeedRestart(ILogger logger, string file);
}
