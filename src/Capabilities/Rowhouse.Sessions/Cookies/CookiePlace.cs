using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions;

/// <summary>A request as far as it decides about cookies.</summary>
internal sealed class CookiePlace
{
    public CookiePlace(HttpContext context)
    {
        Context = context;
        PathBase = context.Request.PathBase;
    }

    public HttpContext Context { get; }

    /// <summary>The path base that the server gave; the app may change it later for itself.</summary>
    public PathString PathBase { get; }

    /// <summary>Whether the visitor brought a cookie that a browser only takes and sends on https, whatever a proxy made of that.</summary>
    public bool IsFromHostCookie { get; set; }

    public bool AllowsHostPrefix => Context.Request.IsHttps && !PathBase.HasValue;

    /// <summary>
    /// Whether nobody can listen: https, or a browser on this machine, as browsers themselves see it (W3C Secure Contexts, section 3.1). A proxy on this
    /// machine hands on the visitor's host name.
    /// </summary>
    public bool IsSecure => Context.Request.IsHttps || IsFromHostCookie || (IsLoopback(Context.Request.Host.Host) && Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
