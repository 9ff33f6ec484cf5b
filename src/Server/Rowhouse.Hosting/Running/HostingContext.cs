using Microsoft.AspNetCore.Http;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Finds the HttpContext in what an application calls its context of a request. The framework's own (HostingApplication.Context) is an internal
/// type with a public property; any other simply has none.
/// </summary>
/// <typeparam name="TContext">The application's context of a request.</typeparam>
internal static class HostingContext<TContext>
    where TContext : notnull
{
    private static readonly Func<TContext, HttpContext?>? HttpContextOf =
        typeof(TContext).IsValueType ? null : typeof(TContext).GetProperty(nameof(HttpContext), typeof(HttpContext))?.GetMethod?.CreateDelegate<Func<TContext, HttpContext?>>();

    public static HttpContext? FindHttpContext(TContext context) => HttpContextOf?.Invoke(context);
}
