using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Rowhouse.Sessions;

/// <summary>
/// The outermost part of an app: gives each request its session, sees to it that it is saved before the response begins and once more at the end,
/// and answers 503 if that cannot be. <see cref="SessionMatcherPolicy"/> loads it, which knows the endpoint; here it is loaded only for an app that calls
/// <c>UseSession()</c> and has no endpoints, such as one of MVC without endpoint routing.
/// </summary>
internal sealed class SessionMiddleware
{
    private readonly RequestDelegate _next;
    private readonly SessionsModel _model;
    private readonly EndpointDataSource? _endpoints;

    public SessionMiddleware(RequestDelegate next, SessionsModel model, EndpointDataSource? endpoints = null)
    {
        _next = next;
        _model = model;
        _endpoints = endpoints;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var session = new RequestSession(context, _model);
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new SessionBody(context.Response, inner, session);
        context.Features.Set(session);
        context.Features.Set<ISessionFeature>(session);
        context.Features.Set<IHttpResponseBodyFeature>(body);

        // The first that is registered is the last that is called, behind all in which an app may still change its session.
        context.Response.OnStarting(SessionResponse.BeginAsync, session);
        using var current = _model.IsStockUsed ? CurrentSession.Enter(session) : null;
        try
        {
            await RunAsync(context, session);
            body.HandOver();
        }
        catch (Exception) when (session.Failure is not null && !context.Response.HasStarted)
        {
            // Answered below, whatever became of it on its way.
        }
        finally
        {
            context.Features.Set(inner);
            context.Features.Set<ISessionFeature>(null);
            context.Features.Set<RequestSession>(null);
            await session.ReleaseAsync();
        }

        if (session.Failure is { } failure && !context.Response.HasStarted)
        {
            await SessionResponse.RefuseAsync(context, failure, session.IsRefused);
        }
    }

    private async Task RunAsync(HttpContext context, RequestSession session)
    {
        if (_model.IsStockUsed && session.HasCookie && _endpoints is not { Endpoints.Count: > 0 })
        {
            session.IsRefused = true;
            await session.LoadAsync(context.RequestAborted);
            session.IsRefused = false;
        }

        try
        {
            await _next(context);
        }
        catch (Exception) when (session.MustSave)
        {
            // As in ASP.NET Core, what was changed before an error stays changed.
            await TryFinishAsync(session);
            throw;
        }

        await session.FinishAsync();
    }

    private static async Task TryFinishAsync(RequestSession session)
    {
        try
        {
            await session.FinishAsync();
        }
        catch (Exception)
        {
            // The first error is what is told.
        }
    }
}
