using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rowhouse.Sessions;

namespace Microsoft.Extensions.Hosting;

/// <summary>The one line that gives an app its sessions.</summary>
public static class SessionsHostingExtensions
{
    /// <summary>
    /// Gives every request of the app a session, as <c>[session]</c> of the configuration says: <c>uri</c>, <c>idle</c>, <c>absolute</c>, <c>cookie</c>,
    /// <c>samesite</c>, <c>limit</c>, <c>outage</c>, <c>locks</c> and <c>trash</c>. What is wrong there (RH5011) keeps the app from starting.
    /// </summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="configure">Changes what the configuration says.</param>
    public static TBuilder AddRowhouseSessions<TBuilder>(this TBuilder builder, Action<SessionsOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddRowhouseSessions();
        if (!builder.Services.Any(service => service.ImplementationType == typeof(SessionsConfiguration)))
        {
            // Whoever has set options before by services alone still has the last word.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<SessionsOptions>, SessionsConfiguration>());
        }

        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
