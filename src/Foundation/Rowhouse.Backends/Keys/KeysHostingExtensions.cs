using Microsoft.Extensions.DependencyInjection;
using Rowhouse;
using Rowhouse.Backends;

namespace Microsoft.Extensions.Hosting;

/// <summary>The one line that lets an app share its data protection keys with other nodes.</summary>
public static class KeysHostingExtensions
{
    /// <summary>
    /// Keeps the data protection keys on a backend, as <c>[keys]</c> of the configuration says: <c>uri</c>, <c>cert</c> (several, in lines or separated by
    /// commas; relative to the content root) and <c>cert-password</c>. Call it behind <c>AddAppConfig</c>.
    /// </summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="configure">Changes what the configuration says.</param>
    /// <exception cref="RowhouseException">RH2301 to RH2305: the URI is wrong; RH4202: a certificate cannot be used.</exception>
    public static TBuilder AddRowhouseKeys<TBuilder>(this TBuilder builder, Action<KeysOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        var section = builder.Configuration.GetSection("keys");
        builder.Services.AddRowhouseKeys(options =>
        {
            if (section["uri"] is { Length: > 0 } uri)
            {
                options.Uri = ConnectionUri.Parse(uri);
            }

            foreach (var path in (section["cert"] ?? "").Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                options.Certificates.Add(Path.GetFullPath(path, builder.Environment.ContentRootPath));
            }

            options.CertificatePassword = section["cert-password"];
            configure?.Invoke(options);
        });
        return builder;
    }
}
