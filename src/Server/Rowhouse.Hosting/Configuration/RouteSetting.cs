namespace Rowhouse.Hosting;

/// <summary>
/// One line of <c>[routes]</c>: <c>shop.example.com = shop</c>, <c>example.com/blog = blog</c>, <c>/old/path = shop</c>, <c>/ = welcome</c>.
/// </summary>
/// <param name="Host">The host name, lower case and without port, <c>*.example.com</c> for all below; null: any host.</param>
/// <param name="PathPrefix">The prefix the app's paths start with, for example <c>/blog</c>; empty: the app is at the root.</param>
/// <param name="App">The app's name.</param>
public sealed record RouteSetting(string? Host, string PathPrefix, string App);
