using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions;

/// <summary>
/// The cookie of an app's sessions. Its name begins with <c>__Host-</c> where browsers allow that (RFC 6265bis, section 4.1.3.2): then no other host
/// of the domain and no page that came by http can have set it.
/// </summary>
internal sealed class SessionCookie
{
    private const string HostPrefix = "__Host-";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly string _hostName;
    private readonly SameSiteMode _sameSite;

    public SessionCookie(string name, SameSiteMode sameSite)
    {
        Name = name;
        _hostName = HostPrefix + name;
        _sameSite = sameSite;
    }

    public string Name { get; }

    /// <summary>Whether a text can be the name of the cookie.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && !text.AsSpan().ContainsAnyExcept(NameCharacters) && !text.StartsWith("__", StringComparison.Ordinal);

    /// <summary>The name of an app as a part of that of a cookie.</summary>
    public static string NameOf(string app) =>
        string.Concat(app.Take(80).Select(character => NameCharacters.Contains(character) ? character : '-'));

    /// <summary>The value that a request brought; null if none.</summary>
    /// <param name="place">Where the request was for.</param>
    /// <param name="suffix">Of the name.</param>
    public string? Find(CookiePlace place, string suffix = "")
    {
        var cookies = place.Context.Request.Cookies;
        if (cookies.Count == 0)
        {
            return null;
        }

        if (cookies[suffix.Length == 0 ? _hostName : _hostName + suffix] is { } safe)
        {
            place.IsFromHostCookie = true;
            return safe;
        }

        // Where it would have been set with the prefix, one without it is somebody else's.
        return place.AllowsHostPrefix ? null : cookies[suffix.Length == 0 ? Name : Name + suffix];
    }

    /// <summary>Sets the cookie. The response must not have begun.</summary>
    public void Give(CookiePlace place, string value, TimeSpan? maxAge, string suffix = "")
    {
        var options = Options(place);
        options.MaxAge = maxAge;
        place.Context.Response.Cookies.Append(NameIn(place) + suffix, value, options);
    }

    /// <summary>Deletes the cookie. The response must not have begun.</summary>
    public void Take(CookiePlace place, string suffix = "") => place.Context.Response.Cookies.Delete(NameIn(place) + suffix, Options(place));

    /// <summary>The length of name and attributes of the cookie, at most.</summary>
    public int OverheadIn(CookiePlace place) => NameIn(place).Length + PathIn(place).Length + 120;

    private static bool HasPrefix(CookiePlace place) => place.IsFromHostCookie || place.AllowsHostPrefix;

    private static string PathIn(CookiePlace place) => HasPrefix(place) || !place.PathBase.HasValue ? "/" : place.PathBase.ToUriComponent();

    private string NameIn(CookiePlace place) => HasPrefix(place) ? _hostName : Name;

    private CookieOptions Options(CookiePlace place) => new()
    {
        Path = PathIn(place),
        HttpOnly = true,
        IsEssential = true,
        SameSite = _sameSite,
        Secure = HasPrefix(place) || place.Context.Request.IsHttps,
    };
}
