using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Configuration;

/// <summary>Says in the app's log what a reload brought, and what is not good about the places of secrets.</summary>
internal sealed partial class AppConfigLog : IHostedService
{
    private readonly AppConfigState _state;
    private readonly ILogger<AppConfig> _logger;

    public AppConfigLog(AppConfig config, ILogger<AppConfig> logger)
    {
        _state = config.State;
        _logger = logger;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in _state.Current.Model.Warnings)
        {
            LogWarning(warning);
        }

        _state.Changed += LogChanged;
        _state.Refused += LogRefused;
        _state.ListenerFailed += LogListenerFailed;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _state.Changed -= LogChanged;
        _state.Refused -= LogRefused;
        _state.ListenerFailed -= LogListenerFailed;
        return Task.CompletedTask;
    }

    private void LogChanged() => LogReloaded(_state.Place.AppName);

    private void LogRefused(IReadOnlyList<string> problems) => LogReloadRefused(_state.Place.AppName, string.Join('\n', problems));

    private void LogListenerFailed(Exception error) => LogFailed(_state.Place.AppName, error);

    [LoggerMessage(2101, LogLevel.Information, "The configuration of the app {App} was read again.")]
    private partial void LogReloaded(string app);

    [LoggerMessage(2102, LogLevel.Error, "The configuration of the app {App} was changed and has errors; the values from before hold.\n{Problems}")]
    private partial void LogReloadRefused(string app, string problems);

    [LoggerMessage(2103, LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(2104, LogLevel.Error, "The configuration of the app {App} was read again, and what is called then failed.")]
    private partial void LogFailed(string app, Exception error);
}
