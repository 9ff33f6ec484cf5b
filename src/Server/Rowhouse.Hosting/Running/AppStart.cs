using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Hosting.Running;

/// <summary>One start of an instance, as far as the code that intercepts it must know. It flows with the execution context of the app's Main.</summary>
internal sealed class AppStart
{
    /// <summary>In place of a start that was given up before there was a host: its Main may still go on, and must not open listeners of its own.</summary>
    public static readonly AppStart Abandoned = new()
    {
        Arguments = [],
        Server = null!,
        Assembly = null!,
        Configure = _ => throw new OperationCanceledException("The server has given up the start of this app."),
    };

    // Only the box flows: a static timer of a shared library that first comes into being during an app's start captures the execution
    // context for ever, and must not capture the app with it.
    private static readonly AsyncLocal<StrongBox<AppStart?>?> Box = new();

    public static AppStart? Current => Box.Value?.Value;

    public static string[] CurrentArguments => Current?.Arguments ?? [];

    public required string[] Arguments { get; init; }

    public required InstanceServer Server { get; init; }

    public required Assembly Assembly { get; init; }

    /// <summary>Puts the instance's own services over the app's; called once, after the app has registered all of its own.</summary>
    public required Action<IServiceCollection> Configure { get; init; }

    /// <summary>The app's services, from the moment its host is built.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Makes what is in <paramref name="box"/> current for this flow; it is to be emptied when the start is over.</summary>
    public static void Enter(StrongBox<AppStart?> box) => Box.Value = box;
}
