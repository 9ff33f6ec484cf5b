using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>Knows the WebSockets of an instance, so that they can be told to close when it retires.</summary>
internal sealed class SocketTracker
{
    private readonly ConcurrentDictionary<WebSocket, bool> _open = new();

    public IHttpWebSocketFeature Track(IHttpWebSocketFeature inner) => new Feature(inner, this);

    public async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        var closing = _open.Keys.Where(socket => socket.State == WebSocketState.Open).Select(socket => CloseAsync(socket, cancellationToken));
        await Task.WhenAll(closing).ConfigureAwait(false);
    }

    private static async Task CloseAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            // 1001: the endpoint goes away (RFC 6455, section 7.4.1). Browsers and SignalR reconnect.
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "The app is being reloaded.", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // It was closing already, or its client is gone.
        }
    }

    private void Forget()
    {
        foreach (var socket in _open.Keys.Where(socket => socket.State is WebSocketState.Closed or WebSocketState.Aborted))
        {
            _open.TryRemove(socket, out _);
        }
    }

    private sealed class Feature : IHttpWebSocketFeature
    {
        private readonly IHttpWebSocketFeature _inner;
        private readonly SocketTracker _tracker;

        public Feature(IHttpWebSocketFeature inner, SocketTracker tracker)
        {
            _inner = inner;
            _tracker = tracker;
        }

        public bool IsWebSocketRequest => _inner.IsWebSocketRequest;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            var socket = await _inner.AcceptAsync(context).ConfigureAwait(false);
            _tracker.Forget();
            _tracker._open.TryAdd(socket, true);
            return socket;
        }
    }
}
