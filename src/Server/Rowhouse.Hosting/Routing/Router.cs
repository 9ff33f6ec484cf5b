using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Routing;

/// <summary>
/// Stands between the listeners and the apps: the listener's own feature collection goes to the app's instance, with path and path base
/// set and nothing copied. What no app can take goes to the server's own pipeline.
/// </summary>
/// <typeparam name="TFallback">The context of the server's own pipeline.</typeparam>
internal sealed class Router<TFallback> : IHttpApplication<RouteContext<TFallback>>
    where TFallback : notnull
{
    private readonly AppCatalog _catalog;
    private readonly IHttpApplication<TFallback> _fallback;

    public Router(AppCatalog catalog, IHttpApplication<TFallback> fallback)
    {
        _catalog = catalog;
        _fallback = fallback;
    }

    public RouteContext<TFallback> CreateContext(IFeatureCollection contextFeatures)
    {
        var context = TakeContext(contextFeatures);
        context.Features = contextFeatures;
        var forwardedBase = _catalog.Forwarding?.Apply(contextFeatures);
        var request = contextFeatures.Get<IHttpRequestFeature>()!;
        var routes = _catalog.Routes;
        var route = forwardedBase is not null && FindForwarded(request, forwardedBase) is { } forwarded ? forwarded : FindRoute(routes, request);
        if (route.Kind != RouteKind.App)
        {
            Fall(context, new UnservedRequest(route.Kind, Location: route.Location));
            return context;
        }

        request.PathBase = route.PathBase;
        request.Path = routes.CutPathBase(request.Path, route.PathBaseLength);
        context.App = route.App;
        if (route.App!.Enter() is { } instance)
        {
            Enter(context, instance);
        }

        return context;
    }

    public Task ProcessRequestAsync(RouteContext<TFallback> context) =>
        context.Request is { } request ? request.ProcessAsync()
        : context.HasFallback ? _fallback.ProcessRequestAsync(context.Fallback!)
        : AdmitAsync(context);

    public void DisposeContext(RouteContext<TFallback> context, Exception? exception)
    {
        var (request, instance, hasFallback, fallback) = (context.Request, context.Instance, context.HasFallback, context.Fallback);
        context.Clear();
        try
        {
            request?.Dispose(exception);
            if (hasFallback)
            {
                _fallback.DisposeContext(fallback!, exception);
            }
        }
        finally
        {
            instance?.Exit();
        }
    }

    // The parent has routed the request already, perhaps by newer routes than this process has read.
    private RouteMatch<HostedApp>? FindForwarded(IHttpRequestFeature request, string pathBase) =>
        request.Path.Length >= pathBase.Length && _catalog.Find(Isolation.ChildProcess.App!) is { } app ? RouteMatch<HostedApp>.To(app, pathBase) : null;

    private static RouteMatch<HostedApp> FindRoute(RouteTable<HostedApp> routes, IHttpRequestFeature request)
    {
        var route = routes.Find(HostOf(request), request.Path);
        return route.Kind == RouteKind.App && DotSegments.ClimbOut(request.RawTarget, request.Path, route.PathBase) ? RouteMatch<HostedApp>.Unknown : route;
    }

    private static RouteContext<TFallback> TakeContext(IFeatureCollection features) =>
        features is IHostContextContainer<RouteContext<TFallback>> connection ? connection.HostContext ??= new RouteContext<TFallback>() : new RouteContext<TFallback>();

    private static string HostOf(IHttpRequestFeature request)
    {
        var host = request.Headers.Host;
        return host.Count == 1 ? host[0] ?? "" : "";
    }

    private static void Enter(RouteContext<TFallback> context, AppInstance instance)
    {
        context.Instance = instance;
        context.Request = instance.Begin(context.Features!);
    }

    private async Task AdmitAsync(RouteContext<TFallback> context)
    {
        var features = context.Features!;
        var app = context.App!;
        var aborted = features.Get<IHttpRequestLifetimeFeature>()?.RequestAborted ?? CancellationToken.None;
        Admission admission;
        try
        {
            admission = await app.AdmitAsync(IsPage(features.Get<IHttpRequestFeature>()!), aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            return; // nobody waits for the answer any more
        }

        if (admission.Instance is { } instance)
        {
            Enter(context, instance);
            await context.Request!.ProcessAsync().ConfigureAwait(false);
            return;
        }

        Fall(context, new UnservedRequest(RouteKind.App, app, admission.Failure, admission.IsDisabled));
        await _fallback.ProcessRequestAsync(context.Fallback!).ConfigureAwait(false);
    }

    private void Fall(RouteContext<TFallback> context, UnservedRequest reason)
    {
        context.Features!.Set(reason);
        context.Fallback = _fallback.CreateContext(context.Features!);
        context.HasFallback = true;
    }

    // A browser's navigation asks for HTML by name; its scripts, images and fetches do not.
    private static bool IsPage(IHttpRequestFeature request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsPost(request.Method));
}
