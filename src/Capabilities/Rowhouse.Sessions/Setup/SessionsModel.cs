using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rowhouse.Sessions;

/// <summary>The settings of an app's sessions, checked, with what they name.</summary>
internal sealed class SessionsModel
{
    public const string CookieScheme = "cookie";

    private readonly SessionsOptions _options;

    /// <exception cref="RowhouseException">RH5001, RH5011: the settings cannot be used.</exception>
    public SessionsModel(IServiceProvider services, IOptions<SessionsOptions> options, BackendRegistry backends, ILoggerFactory loggers)
    {
        _options = options.Value;
        IdleTimeout = _options.HasIdleTimeout ? _options.IdleTimeout : services.GetRequiredService<IOptions<SessionOptions>>().Value.IdleTimeout;
        if (_options.FindProblems(IdleTimeout).ToList() is { Count: > 0 } problems)
        {
            throw SessionsErrors.BadSettings(problems);
        }

        App = _options.AppName ?? AppSetting.App(services);
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Cookie = new SessionCookie(_options.CookieName ?? $"rowhouse-{SessionCookie.NameOf(App)}", _options.SameSite);
        Log = loggers.CreateLogger(typeof(SessionsModel).Namespace!);
        Locks = new SessionLocks(_options.Locks ?? _options.Uri, _options.Locks is not null, App, backends);
        Copies = _options.Outage == SessionOutage.ReadOnly ? new SessionCopies(Time) : null;
        Availability = new SessionAvailability(Log);
        if (_options.Uri.Scheme == CookieScheme)
        {
            Codec = new CookieCodec(services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Rowhouse.Sessions.Cookie.v1", App, Cookie.Name));
        }
        else
        {
            Store = SessionStores.Open(new SessionSetup(_options.Uri, App, backends) { Time = Time, Logger = Log });
        }
    }

    public string App { get; }

    public TimeProvider Time { get; }

    public TimeSpan IdleTimeout { get; }

    public TimeSpan? AbsoluteTimeout => _options.AbsoluteTimeout;

    public long MaxBytes => _options.MaxBytes;

    public SessionOutage Outage => _options.Outage;

    public TimeSpan? TrashInterval => _options.TrashInterval;

    public SessionCookie Cookie { get; }

    /// <summary>The store; null if each request brings its own, in its cookies.</summary>
    public SessionStore? Store { get; }

    /// <summary>What reads and writes whole sessions in cookies; null if there is a store.</summary>
    public CookieCodec? Codec { get; }

    public SessionLocks Locks { get; }

    /// <summary>Copies of sessions for <see cref="SessionOutage.ReadOnly"/>; else null.</summary>
    public SessionCopies? Copies { get; }

    public SessionAvailability Availability { get; }

    public ILogger Log { get; }

    /// <summary>Whether the app also calls <c>UseSession()</c>, whose middleware must be given the session of its request.</summary>
    public bool IsStockUsed { get; set; }
}
