using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
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

/// <summary>The pipeline of an <see cref="IHttpApplication{TContext}"/>.</summary>
/// <typeparam name="TContext">The application's context of a request.</typeparam>
internal sealed class RequestPipeline<TContext> : RequestPipeline
    where TContext : notnull
{
    // As many as there were requests at once: they belong to the instance and die with it, never to a connection, which outlives it.
    private readonly ConcurrentQueue<AppRequest<TContext>> _idle = [];
    private readonly ConcurrentBag<AppRequest<TContext>> _all = [];
    private readonly SocketTracker _sockets = new();

    public RequestPipeline(IHttpApplication<TContext> application)
    {
        Application = application;
    }

    public IHttpApplication<TContext> Application { get; }

    public override AppRequest Begin(IFeatureCollection features)
    {
        if (!_idle.TryDequeue(out var request))
        {
            request = new AppRequest<TContext>(this, _sockets);
            _all.Add(request);
        }

        request.Begin(features);
        return request;
    }

    public override void AbortAll()
    {
        foreach (var request in _all)
        {
            request.Abort();
        }
    }

    public override Task CloseSocketsAsync(CancellationToken cancellationToken) => _sockets.CloseAllAsync(cancellationToken);

    public void Return(AppRequest<TContext> request) => _idle.Enqueue(request);
}
