using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>Asks the server that runs on a root, if one does.</summary>
internal sealed class ManagementClient
{
    // Ample for a local server; a person who waits for a table should not have to wait longer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly string _socket;

    public ManagementClient(ServerRoot root)
    {
        _socket = root.ManagementSocket;
    }

    /// <summary>A look at every app, or null if no server runs on the root.</summary>
    /// <exception cref="RowhouseException">RH3004: the server does not answer. RH3006: it answers something else.</exception>
    public Task<IReadOnlyList<AppStatus>?> FindAppsAsync(CancellationToken cancellationToken) =>
        FindAsync("/apps", CliJson.Default.IReadOnlyListAppStatus, cancellationToken);

    /// <summary>Which server it is, or null if none runs on the root.</summary>
    /// <exception cref="RowhouseException">RH3004: the server does not answer. RH3006: it answers something else.</exception>
    public Task<ServerVersion?> FindVersionAsync(CancellationToken cancellationToken) =>
        FindAsync("/version", CliJson.Default.ServerVersion, cancellationToken);

    private async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(_socket))
        {
            return null;
        }

        using var handler = new SocketsHttpHandler { ConnectCallback = async (_, token) => await ConnectAsync(token), UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://rowhouse"), Timeout = Timeout };
        try
        {
            await using var answer = await client.GetStreamAsync(path, cancellationToken);
            return await JsonSerializer.DeserializeAsync(answer, type, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException)
        {
            // Nobody listens: the socket of a server that was killed.
            return null;
        }
        catch (HttpRequestException exception)
        {
            throw CliErrors.BadAnswer(_socket, exception.StatusCode is { } status ? $"status {(int)status}" : "no HTTP");
        }
        catch (JsonException)
        {
            throw CliErrors.BadAnswer(_socket, "something else");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CliErrors.NoAnswer(_socket, Timeout);
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
