using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Hosting;

/// <summary>The files that a TLS listener's certificate comes from, as full paths.</summary>
internal sealed record CertificateFiles(string Certificate, string? Key, string? Password)
{
    public static CertificateFiles Of(ListenerUri listener, ServerRoot root) => new(
        Path.GetFullPath(listener.CertificateFile!, root.Folder),
        listener.KeyFile is null ? null : Path.GetFullPath(listener.KeyFile, root.Folder),
        listener.PasswordFile is null ? null : Path.GetFullPath(listener.PasswordFile, root.Folder));

    /// <summary>Another text whenever one of the files is another one.</summary>
    public string GetStamp() => string.Join('|', new[] { Certificate, Key, Password }.Select(StampOf));

    /// <summary>Reads the certificate, its key and the certificates between it and its root.</summary>
    /// <exception cref="RowhouseException">RH1410: the files are not there or do not fit together.</exception>
    public SslStreamCertificateContext Load()
    {
        try
        {
            var password = Password is null ? null : File.ReadLines(Password).FirstOrDefault() ?? "";
            return ListenerQuery.IsPfx(Certificate) ? LoadPfx(password) : LoadPem(password);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw HostingErrors.UnreadableCertificate(Certificate, e.Message.TrimEnd('.'), e);
        }
    }

    // The link is followed, because certbot and Kubernetes renew by pointing a link elsewhere.
    private static string StampOf(string? path)
    {
        if (path is null)
        {
            return "";
        }

        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? string.Create(CultureInfo.InvariantCulture, $"{target.FullName}:{target.LastWriteTimeUtc.Ticks}:{target.Length}") : "missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private SslStreamCertificateContext LoadPfx(string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(Certificate, password);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw HostingErrors.UnreadableCertificate(Certificate, "no certificate in it has its private key with it");
        all.Remove(leaf);
        return SslStreamCertificateContext.Create(leaf, all, offline: true);
    }

    private SslStreamCertificateContext LoadPem(string? password)
    {
        if (password is null && File.ReadAllText(Key!).Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw HostingErrors.UnreadableCertificate(Certificate, $"its key '{Key}' is encrypted, and there is no password-file=");
        }

        var leaf = password is null ? X509Certificate2.CreateFromPemFile(Certificate, Key) : X509Certificate2.CreateFromEncryptedPemFile(Certificate, password, Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Certificate);
        chain.RemoveAt(0);

        // SChannel cannot use a key that is only in memory (dotnet/runtime#23749).
        leaf = OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null) : leaf;
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
