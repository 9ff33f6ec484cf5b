using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// The element <c>&lt;base href="/"&gt;</c> of a Blazor app, which is to name the path base that the app is asked under. Components are rendered
/// without a request in their hands; the path base flows to them.
/// </summary>
internal static partial class BaseElement
{
    // A string and nothing else: what an instance's flow holds must not hold the instance.
    private static readonly AsyncLocal<string?> PathBase = new();

    public static bool IsIn(string markup) => Root().IsMatch(markup);

    /// <summary>Makes the requests of these endpoints tell their path base.</summary>
    public static void Follow(IEndpointConventionBuilder components) => components.Finally(endpoint =>
    {
        if (endpoint.RequestDelegate is { } render)
        {
            endpoint.RequestDelegate = context => RenderAsync(context, render);
        }
    });

    /// <summary>Replaces the root by the path base of the request that is rendered.</summary>
    public static string Rebase(string markup) => PathBase.Value is { Length: > 0 } pathBase
        ? Root().Replace(markup, match => match.Groups[1].Value + HtmlEncoder.Default.Encode(pathBase) + match.Groups[2].Value)
        : markup;

    private static Task RenderAsync(HttpContext context, RequestDelegate render)
    {
        PathBase.Value = context.Request.PathBase.ToUriComponent();
        return render(context);
    }

    [GeneratedRegex("""(<base\b[^>]*\bhref=["']?)(/["'\s>])""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();
}
