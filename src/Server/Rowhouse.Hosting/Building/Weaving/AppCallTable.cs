using System.Reflection;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>Which calls of an app are redirected to which methods of <see cref="AppCalls"/>: those with the same parameters.</summary>
internal static class AppCallTable
{
    private static readonly Dictionary<AssemblyCall, MethodInfo> Replacements = Build();

    public static MethodInfo? Find(AssemblyCall call) => Replacements.GetValueOrDefault(call);

    private static Dictionary<AssemblyCall, MethodInfo> Build()
    {
        var table = new Dictionary<AssemblyCall, MethodInfo>();
        Add(table, typeof(Environment), nameof(Environment.Exit), nameof(AppCalls.Exit));
        Add(table, typeof(AppContext), "get_BaseDirectory", nameof(AppCalls.BaseDirectory));
        Add(table, typeof(Assembly), nameof(Assembly.GetEntryAssembly), nameof(AppCalls.GetEntryAssembly));
        Add(table, typeof(StaticAssetsEndpointRouteBuilderExtensions), "MapStaticAssets", nameof(AppCalls.MapStaticAssets));
        Add(table, typeof(ControllerActionEndpointConventionBuilderResourceCollectionExtensions), "WithStaticAssets", nameof(AppCalls.WithControllerStaticAssets));
        Add(table, typeof(PageActionEndpointConventionBuilderResourceCollectionExtensions), "WithStaticAssets", nameof(AppCalls.WithPageStaticAssets));
        Add(table, typeof(RazorComponentsEndpointConventionBuilderExtensions), "WithStaticAssets", nameof(AppCalls.WithComponentStaticAssets));
        Add(table, typeof(RazorComponentsEndpointRouteBuilderExtensions), "MapRazorComponents", nameof(AppCalls.MapRazorComponents));
        Add(table, typeof(WebApplication), nameof(WebApplication.CreateBuilder), nameof(AppCalls.CreateWebBuilder));
        Add(table, typeof(WebApplication), nameof(WebApplication.CreateSlimBuilder), nameof(AppCalls.CreateSlimWebBuilder));
        Add(table, typeof(WebApplication), nameof(WebApplication.CreateEmptyBuilder), nameof(AppCalls.CreateEmptyWebBuilder));
        Add(table, typeof(WebApplication), nameof(WebApplication.Create), nameof(AppCalls.CreateWebApplication));
        Add(table, typeof(Host), nameof(Host.CreateDefaultBuilder), nameof(AppCalls.CreateDefaultHostBuilder));
        Add(table, typeof(Host), nameof(Host.CreateApplicationBuilder), nameof(AppCalls.CreateHostApplicationBuilder));
#pragma warning disable ASPDEPR008 // an app may still call what the framework has declared obsolete
        Add(table, typeof(WebHost), nameof(WebHost.CreateDefaultBuilder), nameof(AppCalls.CreateDefaultWebHostBuilder));
#pragma warning restore ASPDEPR008
        Add(table, typeof(GenericHostWebHostBuilderExtensions), "ConfigureWebHost", nameof(AppCalls.ConfigureWebHost));
        Add(table, typeof(GenericHostBuilderExtensions), "ConfigureWebHostDefaults", nameof(AppCalls.ConfigureWebHostDefaults));
        return table;
    }

    private static void Add(Dictionary<AssemblyCall, MethodInfo> table, Type type, string method, string replacement)
    {
        foreach (var overload in typeof(AppCalls).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(candidate => candidate.Name == replacement))
        {
            table.Add(AssemblyCall.Of(type, method, overload.GetParameters()), overload);
        }
    }
}
