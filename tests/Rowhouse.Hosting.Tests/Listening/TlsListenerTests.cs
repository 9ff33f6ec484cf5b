using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Rowhouse.Hosting.Tests;

public sealed class TlsListenerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cert=cert.pem&key=key.pem")]
    [InlineData("cert=cert.pem&key=locked.pem&password-file=password")]
    [InlineData("cert=cert.pfx&password-file=password")]
    public async Task A_client_that_trusts_only_the_root_gets_the_whole_chain_and_http2(string files)
    {
        using var root = new ConfigRoot();
        using var authority = TestCertificates.Write(root, "shop");
        await using var server = await ListeningServer.StartAsync(root, "https://127.0.0.1:0?" + files);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = Trust(authority) } });
        using var response = await client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, server.Url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
            Token);
        Assert.Equal("HTTP/2", await response.Content.ReadAsStringAsync(Token));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Old_versions_of_TLS_are_refused()
    {
        using var root = new ConfigRoot();
        using var authority = TestCertificates.Write(root, "shop");
        await using var server = await ListeningServer.StartAsync(root, "https://127.0.0.1:0?cert=cert.pem&key=key.pem");
#pragma warning disable SYSLIB0039, CA5397 // the test is that they are refused
        await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(server, SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
        Assert.Equal("CN=shop", await HandshakeAsync(server, SslProtocols.Tls12));
        Assert.Equal("CN=shop", await HandshakeAsync(server, SslProtocols.Tls13));
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        using var root = new ConfigRoot();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var logger = new CollectingLogger();
        using var first = TestCertificates.Write(root, "first");
        await using var server = await ListeningServer.StartAsync(root, time, logger, null, "https://127.0.0.1:0?cert=cert.pem&key=key.pem");
        Assert.Equal("CN=first", await HandshakeAsync(server));

        using var second = TestCertificates.Write(root, "second");
        Assert.Equal("CN=first", await HandshakeAsync(server));
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=second", await HandshakeAsync(server));

        File.WriteAllText(root.PathOf("cert.pem"), "half a fi");
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=second", await HandshakeAsync(server));
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=second", await HandshakeAsync(server));

        File.Delete(root.PathOf("cert.pem"));
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=second", await HandshakeAsync(server));

        using var third = TestCertificates.Write(root, "third", isExpired: true);
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=third", await HandshakeAsync(server));
        Assert.Equal(
            [(LogLevel.Information, 1400), (LogLevel.Error, 1401), (LogLevel.Error, 1401), (LogLevel.Information, 1400), (LogLevel.Warning, 1402)],
            logger.Entries);
    }

    [Fact]
    public async Task A_certificate_behind_a_link_is_renewed_when_the_link_is_turned()
    {
        using var root = new ConfigRoot();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        Directory.CreateDirectory(root.PathOf("live"));
        foreach (var name in new[] { "one", "two" })
        {
            using var authority = TestCertificates.Write(root, name);
            Directory.CreateDirectory(root.PathOf(name));
            File.Move(root.PathOf("cert.pem"), root.PathOf($"{name}/cert.pem"));
            File.Move(root.PathOf("key.pem"), root.PathOf($"{name}/key.pem"));
        }

        Turn("one");
        await using var server = await ListeningServer.StartAsync(
            root, time, NullLogger.Instance, null, "https://127.0.0.1:0?cert=live/now/cert.pem&key=live/now/key.pem");
        Assert.Equal("CN=one", await HandshakeAsync(server));
        Turn("two");
        time.Advance(ServerCertificate.CheckInterval);
        Assert.Equal("CN=two", await HandshakeAsync(server));

        void Turn(string name)
        {
            File.Delete(root.PathOf("live/now"));
            File.CreateSymbolicLink(root.PathOf("live/now"), root.PathOf(name));
        }
    }

    [Theory]
    [InlineData("cert=none.pem&key=key.pem", "none.pem")]
    [InlineData("cert=cert.pem&key=none.pem", "none.pem")]
    [InlineData("cert=cert.pem&key=other.pem", "does not match")]
    [InlineData("cert=cert.pem&key=locked.pem", "password-file=")]
    [InlineData("cert=cert.pem&key=locked.pem&password-file=wrong", "cert.pem")]
    [InlineData("cert=cert.pfx&password-file=wrong", "cert.pfx")]
    [InlineData("cert=cert.pfx&password-file=none", "none")]
    [InlineData("cert=garbage.pem&key=key.pem", "garbage.pem")]
    [InlineData("cert=garbage.pfx", "garbage.pfx")]
    public async Task A_certificate_that_cannot_be_used_stops_the_start_with_the_reason(string files, string part)
    {
        using var root = new ConfigRoot();
        using var other = TestCertificates.Write(root, "other");
        File.Move(root.PathOf("key.pem"), root.PathOf("other.pem"));
        using var authority = TestCertificates.Write(root, "shop");
        File.WriteAllText(root.PathOf("wrong"), "wrong");
        File.WriteAllText(root.PathOf("garbage.pem"), "garbage");
        File.WriteAllText(root.PathOf("garbage.pfx"), "garbage");
        var error = await ListeningServer.FailAsync(root, "https://127.0.0.1:0?" + files);
        Assert.Equal("RH1410", error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_quic_http3_is_left_out_with_a_warning()
    {
        using var root = new ConfigRoot();
        using var authority = TestCertificates.Write(root, "shop");
        var logger = new CollectingLogger();
        await using var server = await ListeningServer.StartAsync(
            root, TimeProvider.System, logger, null, "https://127.0.0.1:0?cert=cert.pem&key=key.pem&protocols=http1+h2+h3");
        Assert.Equal("CN=shop", await HandshakeAsync(server));
        var hasQuic = OperatingSystem.IsLinux() && System.Net.Quic.QuicListener.IsSupported;
        Assert.Equal(hasQuic ? [] : [(LogLevel.Warning, 1403)], logger.Entries);
    }

    private static X509ChainPolicy Trust(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return policy;
    }

    private static async Task<string> HandshakeAsync(ListeningServer server, SslProtocols protocols = SslProtocols.None)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port, Token);
        await using var tls = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        };
        await tls.AuthenticateAsClientAsync(options, Token);
        return tls.RemoteCertificate!.Subject;
    }
}
