using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// Hands a request on as it came: target and Host byte for byte, since the child decodes and routes them as this server did, and every
/// header but those in which the parent speaks to the child.
/// </summary>
internal sealed class ForwardTransformer : HttpTransformer
{
    // No request is sent by that name: the connection is a socket, and Host is the client's.
    private const string Origin = "http://child";

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        var target = httpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = FindPath(target);
        proxyRequest.RequestUri = new Uri(Origin + path, in AsItIs);

        var headers = proxyRequest.Headers;
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (name.StartsWith(ForwardedHeaders.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                headers.Remove(name);
            }
        }

        var connection = httpContext.Connection;
        if (path != target)
        {
            headers.TryAddWithoutValidation(ForwardedHeaders.Target, target);
        }

        headers.TryAddWithoutValidation(ForwardedHeaders.Scheme, httpContext.Request.Scheme);
        AddAddress(ForwardedHeaders.Client, connection.RemoteIpAddress, connection.RemotePort);
        AddAddress(ForwardedHeaders.Local, connection.LocalIpAddress, connection.LocalPort);
        if (httpContext.Request.PathBase.HasValue || !ReservedPath.Contains(httpContext.Request.Path.Value ?? ""))
        {
            headers.TryAddWithoutValidation(ForwardedHeaders.PathBase, ForwardedRequest.Encode(httpContext.Request.PathBase.Value ?? ""));
        }

        void AddAddress(string name, IPAddress? address, int port)
        {
            if (address is not null)
            {
                headers.TryAddWithoutValidation(name, new IPEndPoint(address, port).ToString());
            }
        }
    }

    private static string FindPath(string target)
    {
        if (target.StartsWith('/'))
        {
            return target;
        }

        // The absolute form, which proxies are sent (RFC 9112, section 3.2.2).
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        var path = authority < 0 ? -1 : target.IndexOfAny(['/', '?'], authority + 3);
        return path < 0 ? "/" : target[path] == '/' ? target[path..] : "/" + target[path..];
    }
}
