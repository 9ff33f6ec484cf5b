using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Routing;

/// <summary>A feature that tells the server's own pipeline why it was asked.</summary>
/// <param name="Kind">What the route table said.</param>
/// <param name="App">The app that was meant, if one was.</param>
/// <param name="Failure">Why it does not serve.</param>
/// <param name="IsDisabled">Whether its owner has taken it out of service.</param>
/// <param name="Location">Where to send the visitor.</param>
internal sealed record UnservedRequest(RouteKind Kind, HostedApp? App = null, AppFailure? Failure = null, bool IsDisabled = false, string? Location = null);
