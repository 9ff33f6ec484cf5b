using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>Which calls of an app are redirected to which methods of <see cref="AppCalls"/>: those of the same name and parameters.</summary>
internal static class AppCallTable
{
    private static readonly Dictionary<AssemblyCall, MethodInfo> Replacements = Build();

    public static MethodInfo? Find(AssemblyCall call) => Replacements.GetValueOrDefault(call);

    private static Dictionary<AssemblyCall, MethodInfo> Build()
    {
        var table = new Dictionary<AssemblyCall, MethodInfo>();
        Add(table, typeof(Environment), nameof(Environment.Exit), 1, nameof(AppCalls.Exit));
        Add(table, typeof(AppContext), "get_BaseDirectory", 0, nameof(AppCalls.BaseDirectory));
        Add(table, typeof(Assembly), nameof(Assembly.GetEntryAssembly), 0, nameof(AppCalls.GetEntryAssembly));
        Add(table, typeof(StaticAssetsEndpointRouteBuilderExtensions), "MapStaticAssets", 2, nameof(AppCalls.MapStaticAssets));
        Add(table, typeof(ControllerActionEndpointConventionBuilderResourceCollectionExtensions), "WithStaticAssets", 2, nameof(AppCalls.WithControllerStaticAssets));
        Add(table, typeof(PageActionEndpointConventionBuilderResourceCollectionExtensions), "WithStaticAssets", 2, nameof(AppCalls.WithPageStaticAssets));
        Add(table, typeof(RazorComponentsEndpointConventionBuilderExtensions), "WithStaticAssets", 2, nameof(AppCalls.WithComponentStaticAssets));
        Add(table, typeof(RazorComponentsEndpointRouteBuilderExtensions), "MapRazorComponents", 1, nameof(AppCalls.MapRazorComponents));
        Add(table, typeof(WebApplication), nameof(WebApplication.CreateBuilder), 0, nameof(AppCalls.CreateWebBuilder));
        Add(table, typeof(WebApplication), nameof(WebApplication.CreateSlimBuilder), 0, nameof(AppCalls.CreateSlimWebBuilder));
        Add(table, typeof(WebApplication), nameof(WebApplication.Create), 1, nameof(AppCalls.CreateWebApplication));
        Add(table, typeof(Host), nameof(Host.CreateDefaultBuilder), 0, nameof(AppCalls.CreateDefaultHostBuilder));
        Add(table, typeof(Host), nameof(Host.CreateApplicationBuilder), 0, nameof(AppCalls.CreateHostApplicationBuilder));
        return table;
    }

    private static void Add(Dictionary<AssemblyCall, MethodInfo> table, Type type, string method, int parameters, string replacement) =>
        table.Add(
            new AssemblyCall(type.FullName!, method, parameters),
            typeof(AppCalls).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Single(candidate => candidate.Name == replacement && candidate.GetParameters().Length == parameters));
}
