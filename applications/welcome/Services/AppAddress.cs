using Welcome.Models;

namespace Welcome.Services;

/// <summary>Finds where the visitor's browser opens an app.</summary>
public static class AppAddress
{
    /// <summary>A path on this server if the app has one, else the app's own host name on this request's port, else null.</summary>
    public static string? Find(HostedApp app, HttpRequest request)
    {
        var path = app.Routes.FirstOrDefault(route => route.StartsWith('/') && !route.StartsWith("//", StringComparison.Ordinal));
        if (path is not null)
        {
            return path.TrimEnd('/') + "/";
        }

        var host = app.Routes.FirstOrDefault(route => route.Length > 0 && char.IsLetterOrDigit(route[0]));
        return host is null ? null : WithPort(host, request);
    }

    private static string WithPort(string route, HttpRequest request)
    {
        var slash = route.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (route, "") : (route[..slash], route[slash..]);
        var authority = request.Host.Port is { } port ? new HostString(host, port) : new HostString(host);
        return $"{request.Scheme}://{authority.ToUriComponent()}{path.TrimEnd('/')}/";
    }
}
