using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>The command line an app's Main is given: what <c>dotnet run</c> and the environment would otherwise decide for the whole process.</summary>
internal static class StartArguments
{
    public static string[] For(InstanceSetup setup, string assemblyName)
    {
        var arguments = new List<string>
        {
            $"--{HostDefaults.ContentRootKey}={setup.Build.ContentRoot}",
            $"--{HostDefaults.ApplicationKey}={assemblyName}",
            $"--{HostDefaults.EnvironmentKey}={setup.Environment}",
            // The server watches the files itself: a watcher per instance would use up the user's inotify instances (128 by default).
            "--hostBuilder:reloadConfigOnChange=false",
            $"--{WebHostDefaults.HostingStartupAssembliesKey}={typeof(AppHostingStartup).Assembly.GetName().Name}",
            // The framework would look for the app's assembly in the server's load context.
            $"--{WebHostDefaults.HostingStartupExcludeAssembliesKey}={assemblyName}",
            $"--Rowhouse:App={setup.App.Name}",
            $"--Rowhouse:Data={setup.DataFolder}",
            $"--{WebHostDefaults.SuppressStatusMessagesKey}=true",
            $"--Rowhouse:ManagementSocket={setup.ManagementSocket}",
        };
        if (setup.Build.WebRoot is { } webRoot)
        {
            arguments.Add($"--{WebHostDefaults.WebRootKey}={webRoot}");
        }

        if (setup.Build.StaticAssetsManifest is { } manifest)
        {
            arguments.Add($"--{WebHostDefaults.StaticWebAssetsKey}={manifest}");
        }

        return [.. arguments];
    }
}
