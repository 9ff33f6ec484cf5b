using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rowhouse.Hosting.Running;
using Yarp.ReverseProxy.Forwarder;

namespace Rowhouse.Hosting.Isolation;

/// <summary>A request on its way to a child process.</summary>
internal sealed class ForwardingRequest : AppRequest
{
    private static readonly IHttpForwarder Forwarder = new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddHttpForwarder()
        .BuildServiceProvider()
        .GetRequiredService<IHttpForwarder>();

    private static readonly ForwardTransformer Transformer = new();

    // Without a limit of their own on silence: a long poll may be silent for as long as the app and the client like.
    private static readonly ForwarderRequestConfig OverHttp1 = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        AllowResponseBuffering = false,
    };

    private static readonly ForwarderRequestConfig OverHttp2 = OverHttp1 with { Version = HttpVersion.Version20 };

    private readonly ProcessInstance _instance;
    private readonly IFeatureCollection _features;

    public ForwardingRequest(ProcessInstance instance, IFeatureCollection features)
    {
        _instance = instance;
        _features = features;
    }

    public override async Task ProcessAsync()
    {
        var context = new DefaultHttpContext(_features);
        if (_features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // the child's server and the app itself have theirs
        }

        var config = ChooseVersion(context);
        Child? unreachable = null;
        while (true)
        {
            if (await FindChildAsync(context, unreachable).ConfigureAwait(false) is not { } child)
            {
                return;
            }

            var (hadOpen, opened) = (child.Connections.HasOpen, child.Connections.Opened);
            var error = await Forwarder.SendAsync(context, "http://child", child.Connections.Of(config.Version!), config, Transformer).ConfigureAwait(false);
            if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;

            // The client itself sends a request again for which a connection was closed, so its last error alone does not tell whether
            // the request was sent before. Without any connection it was not.
            var wasNotSent = !hadOpen && child.Connections.Opened == opened && exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
            if (!wasNotSent || context.Response.HasStarted)
            {
                await FailAsync(context, error, exception).ConfigureAwait(false);
                return;
            }

            unreachable = child;
            context.Response.Clear();
        }
    }

    public override void Dispose(Exception? exception)
    {
        // Nothing is kept for the next request.
    }

    // WebSockets need a connection of their own; everything else keeps its version for the sake of trailers and streams.
    private static ForwarderRequestConfig ChooseVersion(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true || HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol)
            ? OverHttp1
            : OverHttp2;

    private async Task<Child?> FindChildAsync(HttpContext context, Child? except)
    {
        try
        {
            return await _instance.GetChildAsync(except, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null; // nobody waits for the answer any more
        }
        catch (Exception e) when (e is AppStartException or TimeoutException)
        {
            context.Response.Headers.RetryAfter = "10";
            await PageWriter.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, UnavailablePage.Failed).ConfigureAwait(false);
            return null;
        }
    }

    private async Task FailAsync(HttpContext context, ForwarderError error, Exception? exception)
    {
        if (context.Response.HasStarted)
        {
            return; // the forwarder has cut it off, which is all that can be told to the client now
        }

        // A body that is too large, or that the client has broken off, is the client's affair: 400 and 413 stay what they are.
        if (context.Response.StatusCode is >= 400 and < 500)
        {
            return;
        }

        _instance.ReportLost(context.Request.Method, error, exception);
        await PageWriter.WriteAsync(context, StatusCodes.Status502BadGateway, UnavailablePage.Failed).ConfigureAwait(false);
    }
}
