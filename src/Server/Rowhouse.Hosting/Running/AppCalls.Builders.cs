using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Running.Starting;

namespace Rowhouse.Hosting;

/// <content>Builders that do not pass on the arguments of Main, by which an app learns its folder and environment.</content>
public static partial class AppCalls
{
    /// <summary>In place of <c>WebApplication.CreateBuilder()</c>.</summary>
    public static WebApplicationBuilder CreateWebBuilder() => WebApplication.CreateBuilder(AppStart.CurrentArguments);

    /// <summary>In place of <c>WebApplication.CreateBuilder(options)</c>, which may come without arguments.</summary>
    public static WebApplicationBuilder CreateWebBuilder(WebApplicationOptions options) => WebApplication.CreateBuilder(WithArguments(options));

    /// <summary>In place of <c>WebApplication.CreateSlimBuilder()</c>.</summary>
    public static WebApplicationBuilder CreateSlimWebBuilder() => WebApplication.CreateSlimBuilder(AppStart.CurrentArguments);

    /// <summary>In place of <c>WebApplication.CreateSlimBuilder(options)</c>, which may come without arguments.</summary>
    public static WebApplicationBuilder CreateSlimWebBuilder(WebApplicationOptions options) => WebApplication.CreateSlimBuilder(WithArguments(options));

    /// <summary>In place of <c>WebApplication.CreateEmptyBuilder(options)</c>, which may come without arguments.</summary>
    public static WebApplicationBuilder CreateEmptyWebBuilder(WebApplicationOptions options) => WebApplication.CreateEmptyBuilder(WithArguments(options));

    /// <summary>In place of <c>WebApplication.Create()</c>.</summary>
    public static WebApplication CreateWebApplication(string[]? args) => WebApplication.Create(args ?? AppStart.CurrentArguments);

    /// <summary>In place of <c>Host.CreateDefaultBuilder()</c>.</summary>
    public static IHostBuilder CreateDefaultHostBuilder() => Host.CreateDefaultBuilder(AppStart.CurrentArguments);

    /// <summary>In place of <c>Host.CreateApplicationBuilder()</c>.</summary>
    public static HostApplicationBuilder CreateHostApplicationBuilder() => Host.CreateApplicationBuilder(AppStart.CurrentArguments);

#pragma warning disable ASPDEPR008 // an app may still call what the framework has declared obsolete
    /// <summary>In place of <c>WebHost.CreateDefaultBuilder()</c>.</summary>
    public static IWebHostBuilder CreateDefaultWebHostBuilder() => WebHost.CreateDefaultBuilder(AppStart.CurrentArguments);
#pragma warning restore ASPDEPR008

    /// <summary>In place of <c>ConfigureWebHost</c>: the arguments of a generic host do not reach the web host in it.</summary>
    public static IHostBuilder ConfigureWebHost(IHostBuilder builder, Action<IWebHostBuilder> configure) =>
        builder.ConfigureWebHost(WithHostingStartup(configure));

    /// <summary>In place of <c>ConfigureWebHost</c> with options.</summary>
    public static IHostBuilder ConfigureWebHost(IHostBuilder builder, Action<IWebHostBuilder> configure, Action<WebHostBuilderOptions> configureWebHostBuilder) =>
        builder.ConfigureWebHost(WithHostingStartup(configure), configureWebHostBuilder);

    /// <summary>In place of <c>ConfigureWebHostDefaults</c>.</summary>
    public static IHostBuilder ConfigureWebHostDefaults(IHostBuilder builder, Action<IWebHostBuilder> configure) =>
        builder.ConfigureWebHostDefaults(WithHostingStartup(configure));

    /// <summary>In place of <c>ConfigureWebHostDefaults</c> with options.</summary>
    public static IHostBuilder ConfigureWebHostDefaults(IHostBuilder builder, Action<IWebHostBuilder> configure, Action<WebHostBuilderOptions> configureOptions) =>
        builder.ConfigureWebHostDefaults(WithHostingStartup(configure), configureOptions);

    private static WebApplicationOptions WithArguments(WebApplicationOptions options) =>
        options.Args is not null ? options : new WebApplicationOptions
        {
            Args = AppStart.CurrentArguments,
            ApplicationName = options.ApplicationName,
            ContentRootPath = options.ContentRootPath,
            EnvironmentName = options.EnvironmentName,
            WebRootPath = options.WebRootPath,
        };

    private static Action<IWebHostBuilder> WithHostingStartup(Action<IWebHostBuilder> configure) => web =>
    {
        if (AppStart.Current is { } start)
        {
            web.UseSetting(WebHostDefaults.HostingStartupAssembliesKey, typeof(AppHostingStartup).Assembly.GetName().Name);
            web.UseSetting(WebHostDefaults.HostingStartupExcludeAssembliesKey, start.Assembly.GetName().Name);
        }

        configure(web);
    };
}
