using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// In a child process: restores what the parent has seen of a request (scheme, addresses, route), which it sends in headers of its own.
/// Only the parent can reach the child's socket; clients' forwarding headers pass through both untouched.
/// </summary>
internal sealed class ForwardedRequest
{
    private volatile Tuple<string, string> _lastPathBase = Tuple.Create("/", "");

    /// <returns>The path base that the parent has found; null if the request is not for the app.</returns>
    public string? Apply(IFeatureCollection features)
    {
        var request = features.Get<IHttpRequestFeature>()!;
        var headers = request.Headers;
        if (headers.Remove(ForwardedHeaders.Scheme, out var scheme) && scheme.Count == 1)
        {
            request.Scheme = scheme[0]!;
        }

        if (headers.Remove(ForwardedHeaders.Target, out var target) && target.Count == 1)
        {
            request.RawTarget = target[0]!;
        }

        if (features.Get<IHttpConnectionFeature>() is { } connection)
        {
            if (headers.Remove(ForwardedHeaders.Client, out var client) && IPEndPoint.TryParse(client.ToString(), out var remote))
            {
                (connection.RemoteIpAddress, connection.RemotePort) = (remote.Address, remote.Port);
            }

            if (headers.Remove(ForwardedHeaders.Local, out var server) && IPEndPoint.TryParse(server.ToString(), out var local))
            {
                (connection.LocalIpAddress, connection.LocalPort) = (local.Address, local.Port);
            }
        }

        return headers.Remove(ForwardedHeaders.PathBase, out var pathBase) && pathBase.Count == 1 ? Decode(pathBase[0]!) : null;
    }

    /// <summary>How a path base travels: never empty, and in ASCII.</summary>
    public static string Encode(string pathBase) => "/" + Uri.EscapeDataString(pathBase);

    private string Decode(string encoded)
    {
        // An app rarely has more than one.
        var last = _lastPathBase;
        if (last.Item1 != encoded)
        {
            _lastPathBase = last = Tuple.Create(encoded, Uri.UnescapeDataString(encoded[1..]));
        }

        return last.Item2;
    }
}
