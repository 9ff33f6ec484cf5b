using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Infrastructure;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rowhouse;
using Rowhouse.Backends;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers data protection with keys that all nodes share.</summary>
public static class KeysServiceCollectionExtensions
{
    /// <summary>
    /// Keeps the data protection keys on a backend. What the app sets itself wins: a repository (PersistKeysTo…), an encryptor
    /// (ProtectKeysWith…), an application name. Of several calls the first counts.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets options.</param>
    /// <exception cref="RowhouseException">RH4202: a certificate cannot be used.</exception>
    public static IServiceCollection AddRowhouseKeys(this IServiceCollection services, Action<KeysOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(KeysOptions)))
        {
            return services;
        }

        var options = new KeysOptions();
        configure?.Invoke(options);
        var certificates = options.Certificates.Select(path => KeyCertificate.Load(path, options.CertificatePassword)).ToArray();
        services.AddSingleton(options);
        services.AddRowhouseBackends();

        var protection = services.AddDataProtection();
        ReplaceFrameworks<IKeyManager>(services, ServiceDescriptor.Singleton<IKeyManager, SharedKeyManager>());
        ReplaceFrameworks<IApplicationDiscriminator>(
            services,
            ServiceDescriptor.Singleton<IApplicationDiscriminator>(provider => new AppDiscriminator(options.AppName ?? AppSetting.App(provider))));
        services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider => new PostConfigureOptions<KeyManagementOptions>(null, keys =>
        {
            keys.XmlRepository ??= KeyStore.On(Registry(provider, options).Get(options.Uri));
            keys.XmlEncryptor ??= certificates.Length == 0 ? null : new CertificateXmlEncryptor(certificates[0], provider.GetRequiredService<ILoggerFactory>());
        }));
        if (certificates.Length > 0)
        {
            protection.UnprotectKeysWithAnyCertificate(certificates);
        }

        services.AddHostedService<KeysStart>();
        return services;
    }

    private static BackendRegistry Registry(IServiceProvider provider, KeysOptions options)
    {
        var registry = provider.GetRequiredService<BackendRegistry>();
        return options.DataFolder is null ? registry : registry.In(options.DataFolder);
    }

    // What the framework registered gives way; what the app registered stays.
    private static void ReplaceFrameworks<T>(IServiceCollection services, ServiceDescriptor ours)
    {
        var existing = services.LastOrDefault(service => service.ServiceType == typeof(T));
        if (existing is null || existing.ImplementationType?.Assembly == typeof(IKeyManager).Assembly || existing.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true)
        {
            services.RemoveAll<T>();
            services.Add(ours);
        }
    }
}
