using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Rowhouse.Hosting;

/// <summary>All log messages of the server; ids 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "{App}: instance {Number} serves after {Milliseconds} ms ({Build}).")]
    public static partial void InstanceServes(ILogger logger, string app, int number, long milliseconds, string build);

    [LoggerMessage(1001, LogLevel.Information, "{App}: changed views took over after {Milliseconds} ms.")]
    public static partial void ViewsReplaced(ILogger logger, string app, long milliseconds);

    [LoggerMessage(1002, LogLevel.Error, "{App}: {Reason}")]
    public static partial void ReloadFailed(ILogger logger, Exception? exception, string app, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "{App}: instance {Number} does not end: its Main has not returned long after it was told to stop. Its memory is kept until it does.")]
    public static partial void InstanceDoesNotEnd(ILogger logger, string app, int number);

    [LoggerMessage(1004, LogLevel.Error, "{App}: an exception in a background thread was kept from ending the server.")]
    public static partial void BackgroundFault(ILogger logger, Exception exception, string app);

    [LoggerMessage(1005, LogLevel.Warning, "{App}: {Reason}")]
    public static partial void InstanceEnded(ILogger logger, string app, string reason);

    [LoggerMessage(1006, LogLevel.Information, "{App}: taken down, its folder is gone.")]
    public static partial void AppGone(ILogger logger, string app);

    [LoggerMessage(1007, LogLevel.Information, "{App}: unloaded after {Idle} without a request.")]
    public static partial void AppIdle(ILogger logger, string app, TimeSpan idle);

    [LoggerMessage(1008, LogLevel.Warning, "{Diagnostic}")]
    public static partial void BuildWarning(ILogger logger, BuildDiagnostic diagnostic);

    [LoggerMessage(1009, LogLevel.Error, "{App}: {Failure}")]
    public static partial void UnexpectedFailure(ILogger logger, Exception exception, string app, string failure);

    [LoggerMessage(1010, LogLevel.Warning, "{Reason}")]
    public static partial void FolderIgnored(ILogger logger, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "Changes came faster than they could be read ({Error}): every app is looked at anew.")]
    public static partial void WatcherOverflow(ILogger logger, string error);

    [LoggerMessage(1012, LogLevel.Error, "'{Folder}' cannot be watched: changes are not noticed until the server is restarted. If the limit of watches is reached, raise fs.inotify.max_user_watches or fs.inotify.max_user_instances.")]
    public static partial void WatcherFailed(ILogger logger, Exception exception, string folder);

    [LoggerMessage(1014, LogLevel.Error, "{Reason}")]
    public static partial void ArchiveRefused(ILogger logger, string reason);

    [LoggerMessage(1015, LogLevel.Information, "{App}: installed from '{Archive}'.")]
    public static partial void ArchiveInstalled(ILogger logger, string app, string archive);

    [LoggerMessage(1013, LogLevel.Warning, "The listeners have changed in rowhouse.ini: that takes a restart of the server.")]
    public static partial void ListenersNeedRestart(ILogger logger);

    // Isolation: 1500 to 1599.
    [LoggerMessage(1500, LogLevel.Information, "{App}: {Output}")]
    public static partial void ChildOutput(ILogger logger, string app, string output);

    [LoggerMessage(1501, LogLevel.Error, "{App}: {Fault}")]
    public static partial void ChildFault(ILogger logger, string app, string fault);

    [LoggerMessage(1502, LogLevel.Information, "{App}: child process {ProcessId} has taken over (restart {Restarts}).")]
    public static partial void ChildRestarted(ILogger logger, string app, int processId, int restarts);

    [LoggerMessage(1503, LogLevel.Warning, "{App}: child process {ProcessId} did not end within {Seconds} s and was killed.")]
    public static partial void ChildKilled(ILogger logger, string app, int processId, double seconds);

    [LoggerMessage(1504, LogLevel.Warning, "{App}: a {Method} request got no answer from the child process: {Error}. {Reason}")]
    public static partial void RequestLost(ILogger logger, string app, string method, ForwarderError error, string reason);
}
