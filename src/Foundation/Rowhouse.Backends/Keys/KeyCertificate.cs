using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Backends;

/// <summary>Reads a certificate that encrypts keys.</summary>
internal static class KeyCertificate
{
    public static X509Certificate2 Load(string path, string? password)
    {
        var certificate = Read(path, password);
        if (!certificate.HasPrivateKey)
        {
            throw BackendsErrors.BadCertificate(path, "it comes without its private key, and keys that were encrypted could not be read again");
        }

        using var key = certificate.GetRSAPrivateKey();
        return key is not null ? certificate : throw BackendsErrors.BadCertificate(path, "its key is not an RSA key");
    }

    private static X509Certificate2 Read(string path, string? password)
    {
        try
        {
            return IsPem(path)
                ? password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw BackendsErrors.BadCertificate(path, BackendsErrors.Describe(e).TrimEnd('.'), e);
        }
    }

    private static bool IsPem(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4096];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].IndexOf("-----BEGIN"u8) >= 0;
    }
}
