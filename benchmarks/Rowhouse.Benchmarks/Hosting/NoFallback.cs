using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>Stands for the server's own pipeline where no request may come to it.</summary>
internal sealed class NoFallback : IHttpApplication<object>
{
    public object CreateContext(IFeatureCollection contextFeatures) => throw new InvalidOperationException("The router found no app for the request.");

    public Task ProcessRequestAsync(object context) => throw new InvalidOperationException("The router found no app for the request.");

    public void DisposeContext(object context, Exception? exception)
    {
        // Nothing was created.
    }
}
