using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>The pipeline of an <see cref="IHttpApplication{TContext}"/>.</summary>
/// <typeparam name="TContext">The application's context of a request.</typeparam>
internal sealed class ApplicationPipeline<TContext> : RequestPipeline
    where TContext : notnull
{
    // As many as there were requests at once: they belong to the instance and die with it, never to a connection, which outlives it.
    private readonly ConcurrentQueue<PipelineRequest<TContext>> _idle = [];

    // Not a ConcurrentBag: its queue per thread would root the instance from every thread that ever served it.
    private readonly List<PipelineRequest<TContext>> _all = [];
    private readonly SocketTracker _sockets = new();

    public ApplicationPipeline(IHttpApplication<TContext> application)
    {
        Application = application;
    }

    public IHttpApplication<TContext> Application { get; }

    public override AppRequest Begin(IFeatureCollection features)
    {
        if (!_idle.TryDequeue(out var request))
        {
            request = new PipelineRequest<TContext>(this, _sockets);
            lock (_all)
            {
                _all.Add(request);
            }
        }

        request.Begin(features);
        return request;
    }

    public override void AbortAll()
    {
        lock (_all)
        {
            _all.ForEach(request => request.Abort());
        }
    }

    public override Task CloseSocketsAsync(CancellationToken cancellationToken) => _sockets.CloseAllAsync(cancellationToken);

    public void Return(PipelineRequest<TContext> request) => _idle.Enqueue(request);
}
