using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Routing;

/// <summary>What the router knows of one request. One per connection, used again for its next request.</summary>
/// <typeparam name="TFallback">The context of the server's own pipeline, for requests that no app takes.</typeparam>
internal sealed class RouteContext<TFallback>
{
    public IFeatureCollection? Features { get; set; }

    /// <summary>The app that the route names; null if none does.</summary>
    public HostedApp? App { get; set; }

    /// <summary>The entered instance; to be left when the request ends.</summary>
    public AppInstance? Instance { get; set; }

    /// <summary>The request within that instance.</summary>
    public AppRequest? Request { get; set; }

    public bool HasFallback { get; set; }

    public TFallback? Fallback { get; set; }

    /// <summary>Makes the object forget the request; it must hold nothing of an instance while its connection is idle.</summary>
    public void Clear()
    {
        Features = null;
        App = null;
        Instance = null;
        Request = null;
        HasFallback = false;
        Fallback = default;
    }
}
