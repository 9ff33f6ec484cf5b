using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Backends;

/// <summary>What the server tells an app by its configuration, and what holds without a server.</summary>
internal static class AppSetting
{
    private const string AppKey = "Rowhouse:App";
    private const string DataKey = "Rowhouse:Data";

    public static string App(IServiceProvider services) =>
        Configured(services, AppKey) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(ContentRoot(services)));

    public static string DataFolder(IServiceProvider services) => Configured(services, DataKey) ?? Path.Combine(ContentRoot(services), "data");

    private static string? Configured(IServiceProvider services, string key) =>
        services.GetService<IConfiguration>()?[key] is { Length: > 0 } value ? value : null;

    private static string ContentRoot(IServiceProvider services) =>
        services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } path ? path : Directory.GetCurrentDirectory();
}
