using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Keeps an exception in a thread of one app from ending the process of all. Possible since .NET 10
/// (<see cref="ExceptionHandling.SetUnhandledExceptionHandler"/>); stack overflow and FailFast cannot be caught.
/// </summary>
internal static class UnhandledExceptions
{
    private static int _installed;
    private static ILogger? _logger;

    /// <param name="logger">Hears of faults that belong to an app of which no instance is there.</param>
    public static void Install(ILogger logger)
    {
        _logger = logger;
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Handle);
        }
    }

    private static bool Handle(Exception exception)
    {
        if (exception is AppExitException)
        {
            return true; // reported when it was thrown
        }

        var contexts = FindContexts(exception).ToList();
        if (contexts.OfType<InstanceLoadContext>().FirstOrDefault() is { } instance)
        {
            instance.ReportFault(exception);
            return true;
        }

        // A thread that a package started has no code of the app on its stack.
        if (contexts.OfType<PackageLoadContext>().FirstOrDefault() is not { } packages)
        {
            return false;
        }

        if (packages.Newest is { } newest)
        {
            newest.ReportFault(exception);
        }
        else if (_logger is { } logger)
        {
            Log.BackgroundFault(logger, exception, packages.App);
        }

        return true;
    }

    private static IEnumerable<AssemblyLoadContext?> FindContexts(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            foreach (var frame in new StackTrace(exception).GetFrames())
            {
                if (frame.GetMethod()?.Module.Assembly is { } assembly)
                {
                    yield return AssemblyLoadContext.GetLoadContext(assembly);
                }
            }
        }
    }
}
