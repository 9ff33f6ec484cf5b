using System.Net.Sockets;
using System.Text.Json;
using Welcome.Models;

namespace Welcome.Services;

/// <summary>Asks the server's management API, which listens on a private unix socket.</summary>
public sealed class ManagementClient
{
    // The page must not wait for a server that is busy; the next look is a few seconds away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string? _socket;

    public ManagementClient(string? socket)
    {
        _socket = socket;
    }

    /// <summary>Whether there is anything to ask.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(_socket);

    /// <summary>The apps of the server, or null if it does not answer in time.</summary>
    public async Task<IReadOnlyList<HostedApp>?> ListAppsAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
        {
            return null;
        }

        try
        {
            // A client per look: nothing is left behind that could keep this app in memory when a reload replaces it.
            using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false })
            {
                BaseAddress = new Uri("http://localhost"),
                Timeout = Patience,
                MaxResponseContentBufferSize = 4 * 1024 * 1024,
            };
            return await client.GetFromJsonAsync<List<HostedApp>>("/apps", cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket!), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
