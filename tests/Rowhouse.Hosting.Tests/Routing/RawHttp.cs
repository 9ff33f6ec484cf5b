using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Hosting.Tests;

/// <summary>Sends bytes that no HTTP client would, each time on a connection of its own.</summary>
internal static class RawHttp
{
    /// <summary>GETs <paramref name="target"/> exactly as it is written.</summary>
    public static Task<RawResponse> GetAsync(Uri server, string target, string host = "localhost") =>
        SendAsync(server, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends <paramref name="request"/>, one byte per character, and reads to the end of the connection.</summary>
    public static async Task<RawResponse> SendAsync(Uri server, string request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellation);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
            await stream.CopyToAsync(answer, cancellation);
        }
        catch (IOException)
        {
            // The server did not read all of a request that it refused; what it said before is what counts.
        }

        return RawResponse.Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }
}
