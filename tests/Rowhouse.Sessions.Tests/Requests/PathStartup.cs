using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Gives an app a path base before all of its own code, as the server does.</summary>
internal sealed class PathStartup : IStartupFilter
{
    private readonly string _path;

    private PathStartup(string path)
    {
        _path = path;
    }

    public static void Add(WebApplicationBuilder builder, string path) => builder.Services.AddSingleton<IStartupFilter>(new PathStartup(path));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UsePathBase(_path);
        next(app);
    };
}
