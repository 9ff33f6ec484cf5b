using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>The way into an app's own pipeline.</summary>
internal abstract class RequestPipeline
{
    /// <summary>Begins a request; it ends with <see cref="AppRequest.Dispose"/>.</summary>
    public abstract AppRequest Begin(IFeatureCollection features);

    /// <summary>Cuts the connections of all requests that are still going on.</summary>
    public abstract void AbortAll();

    /// <summary>Tells every WebSocket that it is to close.</summary>
    public abstract Task CloseSocketsAsync(CancellationToken cancellationToken);
}
