using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Backends.Tests.Keys;

public sealed class KeyCertificateTests : IAsyncDisposable
{
    private readonly Places _places;
    private readonly BackendRegistry _registry = new();
    private readonly string _folder;

    public KeyCertificateTests(Places places)
    {
        _places = places;
        _folder = places.NewFolder();
        Directory.CreateDirectory(_folder);
    }

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public async Task With_a_certificate_nothing_of_a_key_is_stored_in_the_clear_and_only_its_owners_can_read_it()
    {
        var uri = await _places.NewAsync("file");
        var pem = WritePem("one");
        await using var app = await KeysApp.StartAsync(uri, options => options.Certificates.Add(pem));
        var text = app.Protect("hello");

        var stored = Assert.Single(KeyStore.On(_registry.Get(uri)).GetAllElements()).ToString();
        Assert.DoesNotContain("masterKey", stored, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("EncryptedData", stored, StringComparison.Ordinal);
        await using var other = await KeysApp.StartAsync(uri, options => options.Certificates.Add(pem));
        Assert.Equal("hello", other.Unprotect(text));
        await using var stranger = await KeysApp.StartAsync(uri, options => options.Certificates.Add(WritePem("two")));
        Assert.ThrowsAny<CryptographicException>(() => stranger.Unprotect(text));
    }

    [Fact]
    public async Task A_new_certificate_takes_over_while_the_old_one_still_reads()
    {
        var uri = await _places.NewAsync("file");
        var (old, fresh) = (WritePem("old"), WritePfx("fresh", "pw"));
        await using var before = await KeysApp.StartAsync(uri, options => options.Certificates.Add(old));

        await using var after = await KeysApp.StartAsync(uri, options =>
        {
            options.CertificatePassword = null;
            options.Certificates.Add(WritePem("new"));
            options.Certificates.Add(old);
        });

        Assert.Equal("hello", after.Unprotect(before.Protect("hello")));
        Assert.Single(after.Keys.GetAllKeys());
        Assert.NotNull(KeyCertificate.Load(fresh, "pw"));
    }

    [Fact]
    public void A_certificate_that_cannot_do_it_is_refused_with_the_reason()
    {
        var missing = Assert.Throws<RowhouseException>(() => KeyCertificate.Load(Path.Combine(_folder, "none.pem"), null));
        var garbage = Path.Combine(_folder, "garbage.pfx");
        File.WriteAllText(garbage, "this is no certificate");
        var wrongPassword = Assert.Throws<RowhouseException>(() => KeyCertificate.Load(WritePfx("locked", "right"), "wrong"));
        var noKey = Path.Combine(_folder, "nokey.pem");
        using (var certificate = Create("nokey"))
        {
            File.WriteAllText(noKey, certificate.ExportCertificatePem());
        }

        Assert.Equal("RH4202", missing.Code);
        Assert.Contains("none.pem", missing.Message, StringComparison.Ordinal);
        Assert.Equal("RH4202", Assert.Throws<RowhouseException>(() => KeyCertificate.Load(garbage, null)).Code);
        Assert.Equal("RH4202", wrongPassword.Code);
        Assert.Equal("RH4202", Assert.Throws<RowhouseException>(() => KeyCertificate.Load(noKey, null)).Code);
        Assert.Equal("RH4202", Assert.Throws<RowhouseException>(() => KeyCertificate.Load(WriteEcdsa(), null)).Code);
    }

    private static X509Certificate2 Create(string name)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    private string WritePem(string name)
    {
        using var certificate = Create(name);
        using var key = certificate.GetRSAPrivateKey()!;
        var path = Path.Combine(_folder, $"{name}.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    private string WritePfx(string name, string password)
    {
        using var certificate = Create(name);
        var path = Path.Combine(_folder, $"{name}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }

    private string WriteEcdsa()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var path = Path.Combine(_folder, "ec.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
