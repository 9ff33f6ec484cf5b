namespace Rowhouse.Hosting;

/// <summary>What the route table says of a request.</summary>
internal enum RouteKind
{
    /// <summary>No app answers here.</summary>
    Unknown,

    /// <summary>An app answers.</summary>
    App,

    /// <summary>The visitor is sent elsewhere.</summary>
    Redirect,

    /// <summary>The server itself answers: <see cref="ReservedPath"/>.</summary>
    Reserved,
}
