using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>What the server puts in the place of an app's own services. Everything else is left as the app registered it.</summary>
internal static class InstanceServices
{
    // Blazor's scripts, which an SDK build would copy from a package.
    private static readonly string ServerAssets = Path.Combine(AppContext.BaseDirectory, "assets");

    public static void Apply(IServiceCollection services, InstanceSetup setup, InstanceServer server, Assembly app)
    {
        services.RemoveAll<IServer>();
        services.AddSingleton<IServer>(server);

        // Signals are for the process; the server stops its apps.
        services.RemoveAll<IHostLifetime>();
        services.AddSingleton<IHostLifetime>(provider => new InstanceLifetime(provider, server));
        services.PostConfigure<HostOptions>(options =>
        {
            if (options.ShutdownTimeout < setup.Settings.Drain + TimeSpan.FromSeconds(5))
            {
                options.ShutdownTimeout = setup.Settings.Drain + TimeSpan.FromSeconds(5);
            }
        });

        ReplaceConsole(services, setup);
        Localize(services, app);
        ReplaceWebFiles(services, setup);
        InstanceKeys.Share(services, setup);
        if (setup.IsDevelopment && setup.App.Kind == AppKind.Source)
        {
            ReplaceableViews.Install(services);
        }
    }

    // The console provider has a thread of its own in each app, and several writing at once mix up their lines.
    private static void ReplaceConsole(IServiceCollection services, InstanceSetup setup)
    {
        var consoles = services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList();
        foreach (var console in consoles)
        {
            services.Remove(console);
        }

        if (consoles.Count > 0)
        {
            services.AddSingleton<ILoggerProvider>(new InstanceLoggerProvider(setup.App.Name, setup.Log));
        }
    }

    // Resources are looked up by the app's assembly name, in the server's load context unless told otherwise.
    private static void Localize(IServiceCollection services, Assembly app)
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(IStringLocalizerFactory));
        if (registered?.ImplementationType == typeof(ResourceManagerStringLocalizerFactory))
        {
            services.Remove(registered);
            services.AddSingleton<IStringLocalizerFactory>(provider =>
                new ContextualLocalizerFactory(ActivatorUtilities.CreateInstance<ResourceManagerStringLocalizerFactory>(provider), app));
        }
    }

    private static void ReplaceWebFiles(IServiceCollection services, InstanceSetup setup)
    {
        if (services.Select(service => service.ImplementationInstance).OfType<IWebHostEnvironment>().FirstOrDefault() is not { } environment)
        {
            return;
        }

        var files = environment.WebRootFileProvider;
        if (setup.App.Kind == AppKind.Source
            && Directory.Exists(ServerAssets)
            && SourceFiles.Enumerate(setup.App.Path).Any(file => file.EndsWith(".razor", StringComparison.OrdinalIgnoreCase)))
        {
            files = new CompositeFileProvider(files, new PhysicalFileProvider(ServerAssets));
        }

        environment.WebRootFileProvider = new WatchedWebFiles(files, environment.WebRootPath ?? Path.Combine(setup.Build.ContentRoot, "wwwroot"), setup.WebFilesChanged);
    }
}
