namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// The headers in which a parent tells a child what it has seen of a request. All names with this prefix are taken out of what clients
/// send, so that nobody else can say so.
/// </summary>
internal static class ForwardedHeaders
{
    public const string Prefix = "Rowhouse-";

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public const string Scheme = Prefix + "Scheme";

    /// <summary>The client's address and port; missing where the client came through a unix socket.</summary>
    public const string Client = Prefix + "Client";

    /// <summary>The server's address and port that the client connected to.</summary>
    public const string Local = Prefix + "Local";

    /// <summary>The request's target where it is not just a path (RFC 9112, section 3.2); missing where it is.</summary>
    public const string Target = Prefix + "Target";

    /// <summary>The app's path base, percent-encoded behind a slash; missing where the server itself is asked, not the app.</summary>
    public const string PathBase = Prefix + "Path-Base";
}
