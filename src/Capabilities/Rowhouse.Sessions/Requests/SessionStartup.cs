using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Rowhouse.Sessions;

/// <summary>Puts the middleware before everything that the app itself puts into its pipeline.</summary>
internal sealed class SessionStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<SessionMiddleware>();
        next(app);
    };
}
