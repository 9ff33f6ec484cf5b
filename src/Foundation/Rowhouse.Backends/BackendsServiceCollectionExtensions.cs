using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rowhouse.Backends;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the backends.</summary>
public static class BackendsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="BackendRegistry"/>: the backends of the process, as this app sees them. Nothing is opened. A second call is harmless.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddRowhouseBackends(this IServiceCollection services, Action<BackendsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOptions();
        services.TryAddSingleton(provider =>
            BackendRegistry.Shared.In(provider.GetRequiredService<IOptions<BackendsOptions>>().Value.DataFolder ?? AppSetting.DataFolder(provider)));
        return services;
    }

    /// <summary>
    /// Adds the health check <c>backends</c>: it asks each backend that the app has used so far, each within the <c>timeout</c> of its URI.
    /// Healthy without any; unhealthy if one does not answer.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="tags">Tags of the check, for example <c>ready</c>.</param>
    public static IHealthChecksBuilder AddBackends(this IHealthChecksBuilder builder, params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRowhouseBackends();
        return builder.AddCheck<BackendsHealthCheck>("backends", tags: tags);
    }
}
