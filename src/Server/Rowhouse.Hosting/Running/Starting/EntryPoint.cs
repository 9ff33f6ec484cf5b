using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Rowhouse.Hosting.Building.Weaving;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>Runs an app's Main to its end on the calling thread.</summary>
internal static class EntryPoint
{
    /// <returns>What it ended with; null if it returned.</returns>
    public static Exception? Run(AppStart start, StrongBox<AppStart?> box)
    {
        box.Value = start;
        AppStart.Enter(box);
        try
        {
            var main = start.Assembly.EntryPoint ?? throw HostingErrors.NoEntryPoint(start.Assembly.GetName().Name!);
            using var reflection = NeedsContextualReflection(start.Assembly) ? EnterReflection(start.Assembly) : default;
            Invoke(main, start.Arguments);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            return e.InnerException;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Invoke(MethodInfo main, string[] arguments)
    {
        // The compiler's entry point of an async Main waits for it, so there is never a task here.
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [arguments], null);
    }

    private static AssemblyLoadContext.ContextualReflectionScope EnterReflection(Assembly assembly) =>
        AssemblyLoadContext.GetLoadContext(assembly)!.EnterContextualReflection();

    /// <summary>
    /// A slim builder runs no hosting startup, so MVC's look for its parts with Assembly.Load must find the app; so must the old web host's
    /// look for user secrets. Only there, since the reflection context flows with the execution context into whatever captures it, and
    /// holds the instance.
    /// </summary>
    private static bool NeedsContextualReflection(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        return AssemblyCalls.Read(stream).Any(call => call
            is { Type: "Microsoft.AspNetCore.Builder.WebApplication", Method: "CreateSlimBuilder" or "CreateEmptyBuilder" }
            or { Type: "Microsoft.AspNetCore.WebHost", Method: "CreateDefaultBuilder" }
            or { Type: "Rowhouse.Hosting.AppCalls", Method: nameof(AppCalls.CreateSlimWebBuilder) or nameof(AppCalls.CreateEmptyWebBuilder) or nameof(AppCalls.CreateDefaultWebHostBuilder) });
    }
}
