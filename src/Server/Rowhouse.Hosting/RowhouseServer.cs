using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Routing;
using Rowhouse.Hosting.Running.Starting;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting;

/// <summary>The server: listeners, router and apps of one root.</summary>
public sealed class RowhouseServer : IAsyncDisposable
{
    // Kestrel has then told every connection to close after its present request.
    private static readonly TimeSpan ListenersClose = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication _web;
    private readonly AppHost _host;
    private readonly AppCatalog _catalog;
    private readonly AppWatcher _watcher;
    private readonly DroppedArchives _archives;
    private readonly CancellationTokenSource _stopping = new();
    private Task _upkeep = Task.CompletedTask;

    private RowhouseServer(WebApplication web, AppHost host, AppCatalog catalog)
    {
        _web = web;
        _host = host;
        _catalog = catalog;
        _archives = new DroppedArchives(host.Root, host.Logger, host.Time);
        _watcher = new AppWatcher(
            host.Root.Applications,
            (app, file) => catalog.Find(app)?.NoteChange(file),
            path => _ = _archives!.Note(path),
            ScanFolders,
            host.Logger);
    }

    /// <summary>The configuration in force.</summary>
    public ServerConfig Config => _host.Config;

    /// <summary>The addresses that are listened on, with the real port where port 0 was asked for. Empty before the start.</summary>
    public IReadOnlyList<string> Addresses => _host.Addresses;

    /// <summary>A look at every app, in the order of their names.</summary>
    public IReadOnlyList<AppStatus> Apps => _catalog.GetStatus();

    /// <summary>Prepares a server; nothing is opened yet.</summary>
    /// <param name="config">What to serve and where.</param>
    /// <param name="logging">Where log messages of the server, and the console output of its apps, go; default: nowhere.</param>
    /// <exception cref="RowhouseException">RH14xx: a listener cannot be prepared.</exception>
    public static RowhouseServer Create(ServerConfig config, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(RowhouseServer).Assembly.GetName().Name,
            ContentRootPath = config.Root.Folder,
            EnvironmentName = config.Environment,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            builder.WebHost.UseQuic();
        }

        SystemdService.Add(builder.Services);
        builder.Services.AddLogging(log => Filter(log, logging));

        var provider = new SharedLoggerProvider();
        var host = new AppHost(config, provider, TimeProvider.System) { IsChild = Isolation.ChildProcess.IsThis };
        var catalog = new AppCatalog(host) { Forwarding = host.IsChild ? new Isolation.ForwardedRequest() : null };
        if (host.IsChild)
        {
            Isolation.ChildServer.Configure(builder.Services, config);
        }

        var listeners = KestrelListeners.Create(config, host.Time, host.Logger);
        listeners.Configure(builder.Services);
        Decorate(builder.Services, listeners, catalog);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestDrain(config) + TimeSpan.FromSeconds(15));

        var web = builder.Build();
        provider.Open(web.Services.GetRequiredService<ILoggerFactory>());
        var pages = new ServerPages(host, catalog);
        web.Run(pages.AnswerAsync);
        return new RowhouseServer(web, host, catalog);
    }

    /// <summary>Opens the listeners, then starts the apps in the background.</summary>
    /// <exception cref="RowhouseException">RH14xx: a listener cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _watcher.Start();
        _catalog.Scan(start: false);
        await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        _host.Addresses = Isolation.ChildProcess.Addresses ?? FindAddresses();
        _catalog.StartAll();
        _upkeep = UpkeepAsync();
        if (!_host.IsChild)
        {
            _ = _archives.ScanAsync();
        }
    }

    /// <summary>Completes when the process is told to stop (SIGTERM, SIGINT, systemd) or <see cref="StopAsync"/> was called.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        var lifetime = _web.Services.GetRequiredService<IHostApplicationLifetime>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, _host.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Closes the listeners, lets requests in flight finish and stops the apps.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _watcher.Dispose();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // First the listeners close and idle connections with them, so that no request finds its app gone. Then, while they wait for
        // the requests in flight, the apps tell their WebSockets to close.
        var web = _web.StopAsync(cancellationToken);
        await Task.WhenAny(web, Task.Delay(ListenersClose, _host.Time, CancellationToken.None)).ConfigureAwait(false);
        await _catalog.DisposeAsync().ConfigureAwait(false);
        await web.ConfigureAwait(false);
    }

    /// <summary>Puts another configuration in force: routes and settings of apps at once; listeners only with a restart.</summary>
    public Task ApplyAsync(ServerConfig config, CancellationToken cancellationToken = default)
    {
        var before = _host.Config;
        if (!before.Listeners.SequenceEqual(config.Listeners))
        {
            Log.ListenersNeedRestart(_host.Logger);
        }

        _host.Config = config;
        _catalog.Reconfigure(before);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _catalog.DisposeAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static void Filter(ILoggingBuilder log, Action<ILoggingBuilder>? logging)
    {
        // What an app logs has passed the app's own filters.
        log.AddFilter((category, level) => level >= LogLevel.Information || InstanceLoggerProvider.IsOfApp(category));
        log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        log.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        logging?.Invoke(log);
    }

    private static void Decorate(IServiceCollection services, KestrelListeners listeners, AppCatalog catalog)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(kestrel);
        services.AddSingleton<IServer>(provider => new RoutingServer(
            (IServer)(kestrel.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!)), listeners, catalog));
    }

    private static TimeSpan LongestDrain(ServerConfig config) => config.Apps.Values.Append(config.AppDefaults).Max(settings => settings.Drain);

    private void ScanFolders()
    {
        _catalog.Scan(start: true);
        foreach (var app in _catalog.GetStatus())
        {
            _catalog.Find(app.Name)?.NoteChange(null);
        }
    }

    private IReadOnlyList<string> FindAddresses() => [.. _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    private async Task UpkeepAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _host.Time);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            await _catalog.UpkeepAsync(_host.Time.GetUtcNow()).ConfigureAwait(false);
        }
    }
}
