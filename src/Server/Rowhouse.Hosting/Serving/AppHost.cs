using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Serving;

/// <summary>What the apps of a server have in common.</summary>
internal sealed class AppHost
{
    private volatile ServerConfig _config;

    public AppHost(ServerConfig config, ILoggerProvider log, TimeProvider time)
    {
        _config = config;
        Log = log;
        Logger = log.CreateLogger("Rowhouse.Hosting");
        Time = time;
    }

    /// <summary>The configuration in force.</summary>
    public ServerConfig Config
    {
        get => _config;
        set => _config = value;
    }

    public ServerRoot Root => _config.Root;

    public ILoggerProvider Log { get; }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    /// <summary>The addresses that are listened on; empty until they are.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Whether this server is the child process of another, for one app with isolation <c>process</c>.</summary>
    public bool IsChild { get; init; }

    public string EnvironmentOf(string app) => Config.SettingsOf(app).Environment ?? Config.Environment;
}
