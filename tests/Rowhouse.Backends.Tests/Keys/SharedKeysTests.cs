using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Rowhouse.Backends.Tests.Nodes;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Keys;

/// <summary>What holds for data protection keys on every kind of backend.</summary>
public sealed class SharedKeysTests : IAsyncDisposable
{
    private readonly Places _places;
    private readonly BackendRegistry _registry = new();

    public SharedKeysTests(Places places)
    {
        _places = places;
    }

    public static TheoryData<string> Kinds => Places.Kinds;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Eight_processes_that_start_at_once_on_an_empty_store_make_one_key_and_read_one_another(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var nodes = Enumerable.Range(0, 8).Select(_ => NodeProcess.Start(NodeRoles.ShareKeys, uri.ToSecretString())).ToList();
        try
        {
            foreach (var node in nodes)
            {
                Assert.Equal("ready", await node.ReadLineAsync());
            }

            await Task.WhenAll(nodes.Select(node => node.TellAsync("start")));
            var greetings = await Task.WhenAll(nodes.Select(node => node.ReadLineAsync()));
            var keys = await Task.WhenAll(nodes.Select(node => node.ReadLineAsync()));

            Assert.Single(KeyStore.On(_registry.Get(uri)).GetAllElements());
            Assert.True(Guid.TryParse(Assert.Single(keys.Distinct()), out _));
            await using var here = await KeysApp.StartAsync(uri);
            Assert.All(greetings, greeting => Assert.Equal("hello", here.Unprotect(greeting)));
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nodes_that_renew_at_once_make_one_new_key(string kind)
    {
        var uri = await _places.NewAsync(kind);
        var apps = new List<KeysApp>();
        try
        {
            for (var i = 0; i < 4; i++)
            {
                apps.Add(await KeysApp.StartAsync(uri));
            }

            var first = Assert.Single(apps[0].Keys.GetAllKeys());
            var renewed = await Task.WhenAll(apps.Select(app => Task.Run(() => app.Keys.CreateNewKey(first.ExpirationDate, first.ExpirationDate.AddDays(90)), Stop)));

            Assert.NotEqual(first.KeyId, Assert.Single(renewed.Select(key => key.KeyId).Distinct()));
            Assert.Equal(2, apps[3].Keys.GetAllKeys().Count);
        }
        finally
        {
            foreach (var app in apps)
            {
                await app.DisposeAsync();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_revoked_key_is_replaced_and_what_is_stored_is_read_back_as_it_was(string kind)
    {
        var uri = await _places.NewAsync(kind);
        await using var app = await KeysApp.StartAsync(uri);
        var first = Assert.Single(app.Keys.GetAllKeys());

        app.Keys.RevokeKey(first.KeyId, "Ü <b>&'\" 雪");

        Assert.Contains(KeyStore.On(_registry.Get(uri)).GetAllElements(), element => element.Element("reason")?.Value == "Ü <b>&'\" 雪");
        await using var other = await KeysApp.StartAsync(uri);
        Assert.Equal(2, other.Keys.GetAllKeys().Count);
        Assert.True(other.Keys.GetAllKeys().Single(key => key.KeyId == first.KeyId).IsRevoked);
    }

    [Fact]
    public async Task Apps_that_share_keys_cannot_read_one_another()
    {
        var uri = await _places.NewAsync("file");
        await using var shop = await KeysApp.StartAsync(uri);
        await using var blog = await KeysApp.StartAsync(uri, options => options.AppName = "blog");

        Assert.Equal(shop.Keys.GetAllKeys().Single().KeyId, blog.Keys.GetAllKeys().Single().KeyId);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => blog.Unprotect(shop.Protect("hello")));
    }

    [Fact]
    public async Task Key_files_can_be_read_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights than modes.");
        var uri = await _places.NewAsync("file");
        await using var app = await KeysApp.StartAsync(uri);

        var file = Assert.Single(Directory.GetFiles(uri.Path!, "*.xml"));
#pragma warning disable CA1416 // skipped there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_place_that_can_keep_no_keys_is_an_error_at_start()
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(() => KeysApp.StartAsync(ConnectionUri.Parse("memory:")));

        Assert.Equal("RH4001", error.Code);
    }

    [Fact]
    public async Task What_the_app_registered_itself_wins_before_and_after()
    {
        var (uri, folder) = (await _places.NewAsync("file"), new DirectoryInfo(_places.NewFolder()));
        await using (await KeysApp.StartAsync(uri, configureServices: services => services.AddDataProtection().SetApplicationName("mine").PersistKeysToFileSystem(folder), isBefore: true))
        await using (var after = await KeysApp.StartAsync(uri, configureServices: services => services.AddDataProtection().SetApplicationName("mine").PersistKeysToFileSystem(folder)))
        {
            Assert.Single(folder.GetFiles("*.xml"));
            Assert.False(Directory.Exists(uri.Path));
            await using var plain = await KeysApp.StartAsync(await _places.NewAsync("file"), options => options.AppName = "mine", services => services.AddDataProtection().PersistKeysToFileSystem(folder));
            Assert.Equal("hello", plain.Unprotect(after.Protect("hello")));
        }
    }

    [Fact]
    public async Task An_app_starts_while_its_key_store_is_down_and_protects_once_it_is_up()
    {
        await using var redis = new Rowhouse.Tests.RedisServer();
        await redis.StartedAsync();
        await redis.KillAsync();
        await using var app = await KeysApp.StartAsync(ConnectionUri.Parse($"redis://127.0.0.1:{redis.Port}?timeout=500ms&command-timeout=2s"));

        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains("RH", StringComparison.Ordinal) || entry.Message.Contains("data protection keys could not be read", StringComparison.Ordinal));
        Assert.ThrowsAny<Exception>(() => app.Protect("hello"));
        await redis.RestartAsync();
        await Rowhouse.Tests.Eventually.HoldsAsync(() => app.CanProtect(), "the keys are made");
        Assert.Single(app.Keys.GetAllKeys());
    }
}
