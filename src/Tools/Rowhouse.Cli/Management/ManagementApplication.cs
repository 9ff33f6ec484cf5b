using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>The management API. Bare of a host: it must not be mistaken for one of the apps that start in this process.</summary>
internal sealed class ManagementApplication : IHttpApplication<HttpContext>
{
    private readonly ServerRoot _root;
    private readonly Func<string> _environment;
    private readonly Func<IReadOnlyList<AppStatus>> _apps;

    public ManagementApplication(ServerRoot root, Func<string> environment, Func<IReadOnlyList<AppStatus>> apps)
    {
        _root = root;
        _environment = environment;
        _apps = apps;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/apps":
                return AnswerAsync(context, _apps, CliJson.Default.IReadOnlyListAppStatus);
            case "/version":
                return AnswerAsync(context, Describe, CliJson.Default.ServerVersion);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static Task AnswerAsync<T>(HttpContext context, Func<T> find, JsonTypeInfo<T> type)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Get;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, find(), type, context.RequestAborted);
    }

    private ServerVersion Describe() =>
        new(ProductVersion.Text, RuntimeInformation.FrameworkDescription, Environment.ProcessId, _root.Folder, _environment());
}
