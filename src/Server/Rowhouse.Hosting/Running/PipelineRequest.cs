using System.Collections;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// A request that runs in the server's process. The app gets the listener's own feature collection. While the app's context is made it sees that
/// through this one, which, being an <see cref="IHostContextContainer{TContext}"/>, keeps the context for the next request; where a WebSocket
/// may be opened it goes on doing so, so that the socket is known.
/// </summary>
/// <typeparam name="TContext">The application's context of a request.</typeparam>
internal sealed class PipelineRequest<TContext> : AppRequest, IFeatureCollection, IHostContextContainer<TContext>
    where TContext : notnull
{
    private readonly ApplicationPipeline<TContext> _pipeline;
    private readonly SocketTracker _sockets;
    private IFeatureCollection? _features;
    private TContext? _context;

    public PipelineRequest(ApplicationPipeline<TContext> pipeline, SocketTracker sockets)
    {
        _pipeline = pipeline;
        _sockets = sockets;
    }

    public TContext? HostContext { get; set; }

    public bool IsReadOnly => Features.IsReadOnly;

    public int Revision => Features.Revision;

    private IFeatureCollection Features => _features ?? throw new ObjectDisposedException(nameof(IFeatureCollection), "The request has ended.");

    public object? this[Type key]
    {
        get => Features[key];
        set => Features[key] = key == typeof(IHttpWebSocketFeature) && value is IHttpWebSocketFeature sockets ? _sockets.Track(sockets) : value;
    }

    public void Begin(IFeatureCollection features)
    {
        _features = features;
        _context = _pipeline.Application.CreateContext(this);
        if (!MayOpenSocket(features) && HostingContext<TContext>.FindHttpContext(_context) is DefaultHttpContext http)
        {
            // From here on nothing stands between the app and the listener: each look through this costs twice, and a page takes dozens.
            http.Initialize(features);
        }
    }

    public override Task ProcessAsync() => _pipeline.Application.ProcessRequestAsync(_context!);

    public override void Dispose(Exception? exception)
    {
        var context = _context!;
        _context = default;
        _pipeline.Application.DisposeContext(context, exception);
        _features = null;
        _pipeline.Return(this);
    }

    public void Abort() => _features?.Get<IHttpRequestLifetimeFeature>()?.Abort();

    // By the type, not by the generic method: through two collections that one is looked up anew at each call.
    public TFeature? Get<TFeature>() => (TFeature?)Features[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => Features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool MayOpenSocket(IFeatureCollection features) =>
        features[typeof(IHttpUpgradeFeature)] is IHttpUpgradeFeature { IsUpgradableRequest: true }
        || features[typeof(IHttpExtendedConnectFeature)] is IHttpExtendedConnectFeature { IsExtendedConnect: true };
}
