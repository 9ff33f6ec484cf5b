using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions;

/// <summary>How the sessions of an app are kept.</summary>
public sealed class SessionsOptions
{
    private static readonly TimeSpan DefaultIdle = TimeSpan.FromMinutes(20);

    private TimeSpan? _idleTimeout;

    /// <summary>
    /// Where: file, sqlite, postgres, mysql, mssql, redis, memcached, memory or cookie. The default is <c>file:sessions</c>, a folder in the app's
    /// data folder. All nodes of a farm name the same one.
    /// </summary>
    public ConnectionUri Uri { get; set; } = ConnectionUri.Parse("file:sessions");

    /// <summary>
    /// How long a session lives without a request. From 1 s to 3650 d; the default is 20 min, as in ASP.NET Core; if it is not set, what the app gives to
    /// <c>AddSession</c> counts.
    /// </summary>
    public TimeSpan IdleTimeout
    {
        get => _idleTimeout ?? DefaultIdle;
        set => _idleTimeout = value;
    }

    /// <summary>How long a session lives at most, however busy it is, from 1 s to 3650 d. Null, the default, means without an end.</summary>
    public TimeSpan? AbsoluteTimeout { get; set; }

    /// <summary>
    /// The name of the cookie; null, the default, means <c>rowhouse-APP</c>. It gets <c>__Host-</c> before it where browsers allow that: on https
    /// without a path base.
    /// </summary>
    public string? CookieName { get; set; }

    /// <summary>
    /// Whether the cookie comes with requests that other sites cause. The default, Lax, brings it with links and not with forms of others; a
    /// payment service that posts back needs None, and that needs https.
    /// </summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Lax;

    /// <summary>The most that a session may hold, in bytes of keys and values. From 1 KiB to 64 MiB; the default is 1 MiB, the limit of memcached.</summary>
    public long MaxBytes { get; set; } = 1024 * 1024;

    /// <summary>What happens while the backend is down. The default is <see cref="SessionOutage.Fail"/>.</summary>
    public SessionOutage Outage { get; set; }

    /// <summary>Where the locks of <see cref="ExclusiveSessionAttribute"/> are kept. Null, the default, means where the sessions are.</summary>
    public ConnectionUri? Locks { get; set; }

    /// <summary>How often expired sessions are removed, by one node of the farm. From 1 s to 30 d; the default is 5 min. Null means never: run <c>rowhouse sessions trash</c>.</summary>
    public TimeSpan? TrashInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The app, which sees its own sessions only. Null, the default, means what the server says (<c>Rowhouse:App</c> in the configuration), and
    /// without a server the name of the content root's folder.
    /// </summary>
    public string? AppName { get; set; }

    internal bool HasIdleTimeout => _idleTimeout is not null;

    internal IEnumerable<string> FindProblems(TimeSpan idleTimeout) => [.. FindTimeProblems(idleTimeout), .. FindOtherProblems()];

    private IEnumerable<string> FindTimeProblems(TimeSpan idleTimeout)
    {
        if (idleTimeout < TimeSpan.FromSeconds(1) || idleTimeout > TimeSpan.FromDays(3650))
        {
            yield return $"session.idle = {idleTimeout}{(HasIdleTimeout ? "" : " (from AddSession)")}: expected 1s to 3650d";
        }

        if (AbsoluteTimeout < TimeSpan.FromSeconds(1) || AbsoluteTimeout > TimeSpan.FromDays(3650))
        {
            yield return $"session.absolute = {AbsoluteTimeout}: expected 1s to 3650d, or off";
        }

        if (TrashInterval < TimeSpan.FromSeconds(1) || TrashInterval > TimeSpan.FromDays(30))
        {
            yield return $"session.trash = {TrashInterval}: expected 1s to 30d, or off";
        }
    }

    private IEnumerable<string> FindOtherProblems()
    {
        if (MaxBytes is < 1024 or > 64 * 1024 * 1024)
        {
            yield return $"session.limit = {MaxBytes}: expected 1KB to 64MB";
        }

        if (CookieName is not null && !SessionCookie.IsName(CookieName))
        {
            yield return $"session.cookie = {ShownText.Clean(CookieName)}: expected letters, digits, '-', '_' and '.', and no '__Host-', which is put before it where it can be";
        }

        if (!Enum.IsDefined(SameSite))
        {
            yield return $"session.samesite = {SameSite}: expected one of {string.Join(", ", Enum.GetNames<SameSiteMode>())}";
        }

        if (Locks is not null && !SessionLocks.CanKeep(Locks))
        {
            yield return $"session.locks = {Locks.Scheme}: expected a backend that keeps locks (file, sqlite, postgres, mysql, mssql, redis, memory)";
        }

        if (AppName is not null && string.IsNullOrWhiteSpace(AppName))
        {
            yield return $"{nameof(AppName)} = '{ShownText.Clean(AppName)}': expected a name, or null";
        }

        if (!Enum.IsDefined(Outage))
        {
            yield return $"session.outage = {Outage}: expected one of {string.Join(", ", Enum.GetNames<SessionOutage>())}";
        }
    }
}
