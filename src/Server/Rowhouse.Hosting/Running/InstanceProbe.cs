using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Asks a new instance something before it takes over. Without a path of the app's own this is <c>OPTIONS /</c>: safe by its definition
/// (RFC 9110, section 9.2.1), yet it runs the pipeline and builds the routing tables, where late mistakes show.
/// </summary>
internal static class InstanceProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <returns>What is wrong; null if nothing is.</returns>
    public static async Task<RowhouseException?> RunAsync(AppInstance instance, string app, AppSettings settings, IReadOnlyList<string> addresses)
    {
        var method = settings.Probe is null ? HttpMethods.Options : HttpMethods.Get;
        var path = settings.Probe ?? "/";
        if (!instance.TryEnter())
        {
            var end = await instance.Ended.ConfigureAwait(false);
            return HostingErrors.StoppedAtStart(app, end.Reason);
        }

        try
        {
            var response = new HttpResponseFeature();
            var status = await AskAsync(instance, Features($"/{app}", method, path, HostOf(addresses), response), response).WaitAsync(Limit).ConfigureAwait(false);
            return status >= 500 ? HostingErrors.ProbeFailed(app, $"{method} {path}", $"{status}")
                : instance.Ended.IsCompleted ? HostingErrors.StoppedAtStart(app, (await instance.Ended.ConfigureAwait(false)).Reason)
                : null;
        }
        catch (Exception e)
        {
            return HostingErrors.ProbeFailed(app, $"{method} {path}", $"{e.GetType().Name}: {e.Message}", e);
        }
        finally
        {
            instance.Exit();
        }
    }

    private static async Task<int> AskAsync(AppInstance instance, IFeatureCollection features, HttpResponseFeature response)
    {
        var request = instance.Begin(features);
        Exception? failure = null;
        try
        {
            await request.ProcessAsync().ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            request.Dispose(failure);
        }
    }

    private static FeatureCollection Features(string pathBase, string method, string path, string host, HttpResponseFeature response)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Scheme = "http",
            Protocol = "HTTP/1.1",
            PathBase = pathBase,
            Path = path,
            RawTarget = pathBase + path,
            Headers = new HeaderDictionary { ["Host"] = host, ["User-Agent"] = "rowhouse-probe" },
        });
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = System.Net.IPAddress.Loopback, LocalIpAddress = System.Net.IPAddress.Loopback });
        return features;
    }

    private static string HostOf(IReadOnlyList<string> addresses) =>
        addresses.Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority : "").FirstOrDefault(authority => authority.Length > 0) ?? "localhost";
}
