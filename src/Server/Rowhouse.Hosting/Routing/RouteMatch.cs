namespace Rowhouse.Hosting;

/// <summary>Where a request goes.</summary>
/// <param name="Kind">What the table says; the other values follow from it.</param>
/// <param name="App">The app, for <see cref="RouteKind.App"/>.</param>
/// <param name="PathBase">The app's path base as registered: one string per route, without a slash at its end. Empty for an app at the root.</param>
/// <param name="Location">Where to, for <see cref="RouteKind.Redirect"/>.</param>
internal readonly record struct RouteMatch<TApp>(RouteKind Kind, TApp? App, string PathBase, string? Location)
    where TApp : class
{
    public static RouteMatch<TApp> Unknown { get; } = new(RouteKind.Unknown, null, "", null);

    public static RouteMatch<TApp> Reserved { get; } = new(RouteKind.Reserved, null, "", null);

    /// <summary>How many characters of the path are the path base; the rest is the path that the app sees.</summary>
    public int PathBaseLength => PathBase.Length;

    public static RouteMatch<TApp> To(TApp app, string pathBase) => new(RouteKind.App, app, pathBase, null);

    public static RouteMatch<TApp> RedirectTo(string location) => new(RouteKind.Redirect, null, "", location);
}
