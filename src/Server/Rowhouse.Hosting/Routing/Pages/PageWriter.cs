using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Rowhouse.Hosting;

/// <summary>Answers a request with one of the server's own pages, in the form the client asks for.</summary>
internal static class PageWriter
{
    // Nothing may be loaded or run but what PageLayout wrote, by its hash: an encoding that was forgotten would still run no script.
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src '{PageStyle.Hash}'; script-src '{PageScript.Hash}'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>
    /// Writes <paramref name="page"/> with <paramref name="status"/>; headers that the caller has set, such as <c>Retry-After</c>, stay.
    /// Does nothing if the response has started.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, int status, PageContent page)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            return;
        }

        var (contentType, body) = PageNegotiation.Choose(context.Request) switch
        {
            PageFormat.Html => ("text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.Html)),
            PageFormat.Problem => ("application/problem+json", WriteProblem(status, page)),
            _ => ("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(page.Text)),
        };

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static byte[] WriteProblem(int status, PageContent page)
    {
        // Without a type of its own a problem's title is the status's (RFC 9457 section 4.2.1).
        var problem = new ProblemDetails
        {
            Type = "about:blank",
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Detail = page.Detail,
            Extensions = new Dictionary<string, object?>(page.Extensions),
        };
        return JsonSerializer.SerializeToUtf8Bytes(problem, JsonSerializerOptions.Web);
    }
}
