using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Health;

/// <summary>The first call of a backend: what it makes, and what becomes of one that fails.</summary>
public sealed class SetupTests : IAsyncDisposable
{
    private readonly Places _places;
    private readonly BackendRegistry _registry = new();

    public SetupTests(Places places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public async Task A_SQLite_whose_folder_cannot_be_made_is_unavailable_until_it_can()
    {
        var parent = _places.NewFolder();
        await File.WriteAllTextAsync(parent, "no folder", Stop);
        var database = _registry.GetDatabase(ConnectionUri.Parse($"sqlite:{parent}/a.sqlite"));

        Assert.Equal("RH4004", (await Assert.ThrowsAsync<BackendUnavailableException>(() => database.CheckAsync(Stop))).Code);
        File.Delete(parent);

        await Eventually.HoldsAsync(() => AnswersAsync(database), "the folder can be made, and the database is used");
    }

    [Fact]
    public async Task A_new_SQLite_can_be_read_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var path = Path.Combine(_places.NewFolder(), "deep", "a.sqlite");
        var database = _registry.GetDatabase(ConnectionUri.Parse($"sqlite:{path}"));

        await using var connection = await database.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "create table a (b int)";
        await command.ExecuteNonQueryAsync(Stop);

        var folder = Path.GetDirectoryName(path)!;
        Assert.Equal(["a.sqlite", "a.sqlite-shm", "a.sqlite-wal"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
#pragma warning disable CA1416 // skipped there
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Many_who_open_a_new_SQLite_at_once_all_write_to_the_same_one()
    {
        const int Writers = 8;
        for (var round = 0; round < 10; round++)
        {
            var uri = ConnectionUri.Parse($"sqlite:{Path.Combine(_places.NewFolder(), "a.sqlite")}?busy-timeout=30s&command-timeout=60s");
            var registries = Enumerable.Range(0, Writers).Select(_ => new BackendRegistry()).ToList();
            await Task.WhenAll(registries.Select(registry => Task.Run(() => WriteAsync(registry.GetDatabase(uri), "create table if not exists a (b int); insert into a values (1)"), Stop)));

            await using var connection = await _registry.GetDatabase(uri).OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from a";
            Assert.Equal((long)Writers, await command.ExecuteScalarAsync(Stop));
            foreach (var registry in registries)
            {
                await registry.CloseAsync();
            }
        }
    }

    [Fact]
    public async Task A_Redis_whose_authority_is_not_there_yet_is_tried_anew()
    {
        var folder = Directory.CreateDirectory(_places.NewFolder()).FullName;
        var authority = Path.Combine(folder, "ca.pem");
        var redis = _registry.GetRedis(ConnectionUri.Parse($"rediss://127.0.0.1:1?timeout=1s&ca={authority}"));
        var missing = await Assert.ThrowsAnyAsync<Exception>(() => redis.UseAsync(database => database.PingAsync(), cancellationToken: Stop));
        Assert.IsNotType<BackendUnavailableException>(missing);

        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), Stop);

        // Nobody listens there; but that is what it now says.
        await Assert.ThrowsAsync<BackendUnavailableException>(() => redis.UseAsync(database => database.PingAsync(), cancellationToken: Stop));
    }

    [Fact]
    public async Task A_synchronous_call_that_waits_for_Redis_keeps_nobody_else_from_running_out_of_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var redis = _registry.GetRedis(ConnectionUri.Parse($"redis://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}?timeout=4s"));

        var waiting = Task.Run(() => Assert.ThrowsAny<Exception>(() => redis.Use(database => database.Ping())), Stop);
        using var connected = await silent.AcceptSocketAsync(Stop);
        await Assert.ThrowsAsync<BackendUnavailableException>(() => redis.UseAsync(database => database.PingAsync(), TimeSpan.FromMilliseconds(100), Stop));

        Assert.False(waiting.IsCompleted, "The synchronous call held the other one up.");
        Assert.IsType<BackendUnavailableException>(await waiting);
    }

    private static async Task<bool> AnswersAsync(Backend backend)
    {
        try
        {
            await backend.CheckAsync(Stop);
            return true;
        }
        catch (BackendUnavailableException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(DatabaseBackend database, string sql)
    {
        await using var connection = await database.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a constant of the test
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Stop);
    }
}
