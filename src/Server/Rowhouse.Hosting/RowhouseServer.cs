using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

/// <summary>The server: listeners, router and apps of one root.</summary>
public sealed class RowhouseServer : IAsyncDisposable
{
    private RowhouseServer(ServerConfig config)
    {
        Config = config;
    }

    /// <summary>The configuration in force.</summary>
    public ServerConfig Config { get; private set; }

    /// <summary>The addresses that are listened on, with the real port where port 0 was asked for. Empty before the start.</summary>
    public IReadOnlyList<string> Addresses { get; } = [];

    /// <summary>A look at every app, in the order of their names.</summary>
    public IReadOnlyList<AppStatus> Apps { get; } = [];

    /// <summary>Prepares a server; nothing is opened yet.</summary>
    public static RowhouseServer Create(ServerConfig config, Action<ILoggingBuilder>? logging = null) => new(config);

    /// <summary>Opens the listeners, then starts the apps in the background.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => Task.FromResult(Config);

    /// <summary>Completes when the process is told to stop (SIGTERM, SIGINT, systemd) or <see cref="StopAsync"/> was called.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => Task.FromResult(Config);

    /// <summary>Closes the listeners, lets requests in flight finish and stops the apps.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Task.FromResult(Config);

    /// <summary>Puts another configuration in force: routes and settings of apps at once; listeners only with a restart.</summary>
    public Task ApplyAsync(ServerConfig config, CancellationToken cancellationToken = default)
    {
        Config = config;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
