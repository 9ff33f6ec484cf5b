using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>Gives an app the root's data protection keys, so that its cookies are good after a restart and on every node.</summary>
internal static class InstanceKeys
{
    /// <summary>Does nothing in an app that protects nothing; what the app says of its keys itself wins.</summary>
    public static void Share(IServiceCollection services, InstanceSetup setup)
    {
        if (!services.Any(service => service.ServiceType == typeof(IDataProtectionProvider)))
        {
            return;
        }

        services.AddRowhouseKeys(options =>
        {
            options.AppName = setup.App.Name;
            options.DataFolder = setup.KeysFolder;
            options.Uri = setup.Keys.Uri;
            foreach (var certificate in setup.Keys.Certificates)
            {
                options.Certificates.Add(certificate);
            }

            options.CertificatePassword = setup.Keys.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : null;
        });
    }
}
