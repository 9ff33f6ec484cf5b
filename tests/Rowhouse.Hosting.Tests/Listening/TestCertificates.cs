using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Hosting.Tests;

/// <summary>Certificates as an authority would issue them: a root, an intermediate one, and one for the server.</summary>
internal static class TestCertificates
{
    /// <summary>Writes <c>cert.pem</c> (server and intermediate), <c>key.pem</c>, <c>locked.pem</c> (the key with a password) and <c>cert.pfx</c>; returns the root.</summary>
    public static X509Certificate2 Write(ConfigRoot root, string subject, string password = "hush", bool isExpired = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = Request($"CN=root of {subject}", rootKey, isAuthority: true).CreateSelfSigned(now.AddDays(-20), now.AddDays(20));
        using var middle = Request($"CN=middle of {subject}", middleKey, isAuthority: true)
            .Create(authority, now.AddDays(-15), now.AddDays(15), [1]).CopyWithPrivateKey(middleKey);
        using var leaf = Request($"CN={subject}", key, isAuthority: false)
            .Create(middle, now.AddDays(-10), now.AddDays(isExpired ? -1 : 10), [2]).CopyWithPrivateKey(key);

        var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(root.PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(root.PathOf("locked.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(password, pbe));
        File.WriteAllText(root.PathOf("cert.pem"), $"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n");
        using var publicMiddle = X509CertificateLoader.LoadCertificate(middle.RawData);
        File.WriteAllBytes(root.PathOf("cert.pfx"), new X509Certificate2Collection { leaf, publicMiddle }.Export(X509ContentType.Pkcs12, password)!);
        File.WriteAllText(root.PathOf("password"), password + "\n");
        return authority;
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }
}
