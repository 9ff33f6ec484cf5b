using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Keeps an exception in a thread of one app from ending the process of all. Possible since .NET 10
/// (<see cref="ExceptionHandling.SetUnhandledExceptionHandler"/>); stack overflow and FailFast cannot be caught.
/// </summary>
internal static class UnhandledExceptions
{
    private static int _installed;

    public static void Install()
    {
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

        if (FindOrigin(exception) is not { } context)
        {
            return false;
        }

        context.ReportFault(exception);
        return true;
    }

    private static InstanceLoadContext? FindOrigin(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            var origin = new StackTrace(exception).GetFrames()
                .Select(frame => frame.GetMethod()?.Module.Assembly)
                .OfType<System.Reflection.Assembly>()
                .Select(assembly => AssemblyLoadContext.GetLoadContext(assembly) as InstanceLoadContext)
                .FirstOrDefault(context => context is not null);
            if (origin is not null)
            {
                return origin;
            }
        }

        return null;
    }
}
