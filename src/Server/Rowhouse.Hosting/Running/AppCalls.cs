using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting;

/// <summary>
/// Where an app's calls end up that mean the whole process: a build redirects them here, so that they mean the app.
/// Not for use in code: call the originals.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class AppCalls
{
    /// <summary>In place of <see cref="AppContext.BaseDirectory"/>: the folder of the app's assemblies.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string BaseDirectory() =>
        FolderOf(Assembly.GetCallingAssembly()) is { } folder ? folder + Path.DirectorySeparatorChar : AppContext.BaseDirectory;

    /// <summary>In place of <see cref="Assembly.GetEntryAssembly"/>: the app's assembly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Assembly? GetEntryAssembly() =>
        ContextOf(Assembly.GetCallingAssembly())?.EntryAssembly ?? Assembly.GetEntryAssembly();

    /// <summary>In place of <c>Environment.Exit</c>: ends the app, not the server; in a process of its own, that process.</summary>
    /// <exception cref="AppExitException">Always, since the caller does not expect to go on.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Exit(int exitCode)
    {
        if (Isolation.ChildProcess.IsThis)
        {
#pragma warning disable RS0030 // the process is the app's own
            Environment.Exit(exitCode);
#pragma warning restore RS0030
        }

        ContextOf(Assembly.GetCallingAssembly())?.ReportExit(exitCode);
        throw new AppExitException(exitCode);
    }

    /// <summary>In place of <c>MapStaticAssets</c>, which looks beside the process' main assembly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StaticAssetsEndpointConventionBuilder MapStaticAssets(IEndpointRouteBuilder endpoints, string? staticAssetsManifestPath) =>
        endpoints.MapStaticAssets(ManifestOf(Assembly.GetCallingAssembly(), staticAssetsManifestPath));

    /// <summary>In place of <c>WithStaticAssets</c> of controllers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ControllerActionEndpointConventionBuilder WithControllerStaticAssets(ControllerActionEndpointConventionBuilder builder, string? manifestPath) =>
        builder.WithStaticAssets(ManifestOf(Assembly.GetCallingAssembly(), manifestPath));

    /// <summary>In place of <c>WithStaticAssets</c> of Razor Pages.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static PageActionEndpointConventionBuilder WithPageStaticAssets(PageActionEndpointConventionBuilder builder, string? manifestPath) =>
        builder.WithStaticAssets(ManifestOf(Assembly.GetCallingAssembly(), manifestPath));

    /// <summary>In place of <c>WithStaticAssets</c> of components.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static RazorComponentsEndpointConventionBuilder WithComponentStaticAssets(RazorComponentsEndpointConventionBuilder builder, string? manifestPath) =>
        builder.WithStaticAssets(ManifestOf(Assembly.GetCallingAssembly(), manifestPath));

    /// <summary>In place of <c>MapRazorComponents</c>, which takes the static assets of the process' main assembly.</summary>
    /// <typeparam name="TRootComponent">The root component.</typeparam>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static RazorComponentsEndpointConventionBuilder MapRazorComponents<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TRootComponent>(
        IEndpointRouteBuilder endpoints)
    {
        var manifest = ManifestOf(typeof(TRootComponent).Assembly, null);
        var components = endpoints.MapRazorComponents<TRootComponent>();
        BaseElement.Follow(components);
        return manifest is not null && File.Exists(manifest) ? components.WithStaticAssets(manifest) : components;
    }

    /// <summary>In place of <c>RenderTreeBuilder.AddMarkupContent</c> where it writes <c>&lt;base href="/"&gt;</c>: names where the app is.</summary>
    public static void AddMarkupContent(RenderTreeBuilder builder, int sequence, string? markupContent)
    {
        ArgumentNullException.ThrowIfNull(builder);
#pragma warning disable ASP0006 // it is the literal of the call that was redirected
        builder.AddMarkupContent(sequence, markupContent is null ? null : BaseElement.Rebase(markupContent));
#pragma warning restore ASP0006
    }

    private static string? ManifestOf(Assembly assembly, string? path)
    {
        if (ContextOf(assembly) is not { } context || context.Folder is not { } folder || Path.IsPathRooted(path))
        {
            return path;
        }

        return Path.Combine(folder, path ?? $"{context.EntryAssembly?.GetName().Name}.staticwebassets.endpoints.json");
    }

    private static string? FolderOf(Assembly assembly) => ContextOf(assembly)?.Folder;

    private static InstanceLoadContext? ContextOf(Assembly assembly) => AssemblyLoadContext.GetLoadContext(assembly) as InstanceLoadContext;
}
