using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Hosting.Isolation;

/// <summary>The HTTP client for one child: nothing of a request is followed, stored, unpacked or added.</summary>
#pragma warning disable CA1001 // The clients hold nothing but connections, which end with the child; disposed ones could not tell whether a request was sent.
internal sealed class ChildConnections
#pragma warning restore CA1001
{
    private readonly HttpMessageInvoker _http1;
    private readonly HttpMessageInvoker _http2;
    private int _open;
    private int _opened;

    public ChildConnections(ChildSockets sockets)
    {
        _http1 = new HttpMessageInvoker(MakeHandler(sockets.Http1));
        _http2 = new HttpMessageInvoker(MakeHandler(sockets.Http2));
    }

    /// <summary>Whether a request may go to a connection that is already there.</summary>
    public bool HasOpen => Volatile.Read(ref _open) > 0;

    /// <summary>How many connections there have been.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public HttpMessageInvoker Of(Version version) => version.Major == 2 ? _http2 : _http1;

    private SocketsHttpHandler MakeHandler(string socket) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,

        // As Kestrel reads them.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _opened);
        return new ChildConnection(socket, () => Interlocked.Decrement(ref _open));
    }
}
