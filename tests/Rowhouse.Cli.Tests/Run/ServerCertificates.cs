using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Cli.Tests;

/// <summary>Certificates for a server on this machine.</summary>
internal static class ServerCertificates
{
    /// <summary>Writes <c>cert.pem</c>, <c>key.pem</c>, <c>cert.pfx</c> and its <c>password</c> into <paramref name="folder"/>; returns the certificate's hash.</summary>
    public static string Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllBytes(Path.Combine(folder, "cert.pfx"), certificate.Export(X509ContentType.Pkcs12, "hush"));
        File.WriteAllText(Path.Combine(folder, "password"), "hush\n");
        return certificate.GetCertHashString();
    }
}
