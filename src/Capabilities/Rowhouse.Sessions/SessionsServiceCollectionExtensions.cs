using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rowhouse.Sessions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sessions.</summary>
public static class SessionsServiceCollectionExtensions
{
    /// <summary>
    /// Gives every request of the app a session that loses no update and is loaded before its endpoint runs. <c>AddSession()</c> and
    /// <c>UseSession()</c> may be there or not. An <c>ISessionStore</c> of the app's own wins. Of several calls the first registers, and all set options.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddRowhouseSessions(this IServiceCollection services, Action<SessionsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(SessionsModel)))
        {
            services.AddRowhouseBackends();
            services.AddDataProtection();
            services.AddSingleton<SessionsModel>();
            services.AddSingleton<IStartupFilter, SessionStartup>();
            services.AddSingleton<MatcherPolicy, SessionMatcherPolicy>();
            services.AddHostedService<SessionTrashChore>();
            foreach (var stock in services.Where(service => service.ImplementationType == typeof(DistributedSessionStore)).ToList())
            {
                services.Remove(stock);
            }

            services.TryAddSingleton<ISessionStore, RequestSessionStore>();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }
}
