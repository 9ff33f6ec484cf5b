using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Rowhouse.Hosting;

/// <summary>
/// Under a unit with <c>Type=notify</c>: tells systemd when the listeners are open and when the server stops, and with
/// <c>WatchdogSec=</c> that it is alive (sd_notify(3), sd_watchdog_enabled(3)).
/// </summary>
internal sealed class SystemdService : BackgroundService
{
    private const string NotifySocket = "NOTIFY_SOCKET";

    private readonly ISystemdNotifier _notifier;
    private readonly TimeProvider _time;

    public SystemdService(ISystemdNotifier notifier)
    {
        _notifier = notifier;
        _time = TimeProvider.System;
    }

    /// <summary>
    /// Registers what a unit needs. UseSystemd() of the framework looks whether the parent process is systemd; the socket that systemd
    /// names says so more surely, and is also there behind a wrapper script.
    /// </summary>
    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NotifySocket)))
        {
            return;
        }

        services.TryAddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        services.AddHostedService<SystemdService>();
    }

    /// <summary>Half of the time within which systemd wants to hear from this process; null if it does not.</summary>
    public static TimeSpan? FindWatchdogInterval(string? microseconds, string? process, int thisProcess)
    {
        if (!long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit <= 0)
        {
            return null;
        }

        var isForOther = int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != thisProcess;
        return isForOther ? null : TimeSpan.FromMicroseconds(limit) / 2;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = FindWatchdogInterval(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);
        if (interval is null)
        {
            return;
        }

        // On the thread pool: a pool that is starved keeps the message from going out, as it keeps requests from being served.
        using var timer = new PeriodicTimer(interval.Value, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            _notifier.Notify(new ServiceState("WATCHDOG=1"));
        }
    }
}
