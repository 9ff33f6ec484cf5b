using System.Reflection;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Rowhouse.Hosting.Running.Starting.AppHostingStartup))]

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>
/// Runs in the app's builder before any line of the app: hands MVC its parts, which it would otherwise look for in the server's load
/// context. Does nothing in any other process.
/// </summary>
internal sealed class AppHostingStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder)
    {
        if (AppStart.Current is not { } start)
        {
            return;
        }

        var parts = new ApplicationPartManager();
        foreach (var part in FindAssemblies(start.Assembly).SelectMany(assembly => ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly)))
        {
            if (!parts.ApplicationParts.Any(known => known.GetType() == part.GetType() && known.Name == part.Name))
            {
                parts.ApplicationParts.Add(part);
            }
        }

        builder.ConfigureServices(services => services.AddSingleton(parts));
        builder.ConfigureAppConfiguration((context, settings) => UserSecrets.Add(context.HostingEnvironment, settings, start.Assembly));
        InterceptWebHost(builder, start);
    }

    /// <summary>
    /// The web host from before the generic one sends no diagnostic events, but lets a hosting startup have the last word on its services.
    /// </summary>
    private static void InterceptWebHost(IWebHostBuilder builder, AppStart start)
    {
#pragma warning disable ASPDEPR004 // an app may still use what the framework has declared obsolete
        if (builder is not WebHostBuilder)
#pragma warning restore ASPDEPR004
        {
            return;
        }

        builder.ConfigureServices(services =>
        {
            start.Configure(services);
            services.AddSingleton<IServer>(provider =>
            {
                start.Services = provider;
                return start.Server;
            });
        });
    }

    /// <summary>The app's assembly and those that its build names as parts, as MVC itself finds them.</summary>
    private static IEnumerable<Assembly> FindAssemblies(Assembly app)
    {
        var context = AssemblyLoadContext.GetLoadContext(app)!;
        var named = app.GetCustomAttributes<ApplicationPartAttribute>().Select(part => context.LoadFromAssemblyName(new AssemblyName(part.AssemblyName)));
        return new[] { app }.Concat(named)
            .SelectMany(assembly => new[] { assembly }.Concat(FindRelated(context, assembly)))
            .Distinct();
    }

    private static IEnumerable<Assembly> FindRelated(AssemblyLoadContext context, Assembly assembly) =>
        assembly.GetCustomAttributes<RelatedAssemblyAttribute>().Select(related => context.LoadFromAssemblyName(new AssemblyName(related.AssemblyFileName)));
}
