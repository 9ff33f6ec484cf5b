using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions;

/// <summary>How a response begins, and what it is if the session cannot be had.</summary>
internal static class SessionResponse
{
    /// <summary>A circuit asks again every few seconds whether its backend is back.</summary>
    private const string RetryAfterSeconds = "5";

    /// <summary>
    /// The moment before the headers leave. Nearly always everything is saved by now (<see cref="SessionBody"/>); what is not was changed by others who
    /// waited for this moment, such as TempData in the session, or begins without a body, such as a WebSocket.
    /// </summary>
    public static async Task BeginAsync(object state)
    {
        var session = (RequestSession)state;
        if (session.MustSave)
        {
            await SaveAsync(session);
        }

        session.SendCookie();
    }

    /// <summary>What runs in the place of an endpoint: middleware that caches or counts answers sees what this one is going to be.</summary>
    public static Task MarkRefused(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>Answers 503 in the place of the app.</summary>
    public static async Task RefuseAsync(HttpContext context, RowhouseException failure, bool isBeforeEndpoint)
    {
        var response = context.Response;
        var hasBytes = response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 };
        response.Clear();
        await MarkRefused(context);

        // The server has bytes of the app that it does not give back: then they are the text, and the status says what they are worth.
        if (hasBytes || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var text = (failure is BackendUnavailableException ? "Your session cannot be reached at the moment. " : "Another request is using your session. ")
            + (isBeforeEndpoint ? "Nothing was changed; please try again in a few seconds." : "Whether your last step was carried out is not certain; please look in a few seconds.");
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>503 Service Unavailable</title></head><body><h1>One moment, please</h1><p>{text}</p></body></html>\n");
            return;
        }

        response.ContentType = "application/problem+json";
        await response.WriteAsync($$"""{"title":"Service Unavailable","status":503,"code":"{{failure.Code}}","detail":"{{text}}"}""");
    }

    // An exception from here would be a bare 500. A body that must be empty makes the server refuse what the app is about to write, and the exception
    // of that comes back to the middleware before the headers have left.
    private static async Task SaveAsync(RequestSession session)
    {
        try
        {
            await session.CommitAsync();
        }
        catch (Exception)
        {
            var response = session.Context.Response;
            response.StatusCode = session.Failure is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = session.Failure is null ? default : RetryAfterSeconds;
            response.Headers.TransferEncoding = default;
            response.ContentLength = 0;
        }
    }
}
