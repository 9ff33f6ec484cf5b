using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Backends.Tests.Keys;

public sealed class KeysConfigurationTests
{
    private readonly Places _places;

    public KeysConfigurationTests(Places places)
    {
        _places = places;
    }

    [Fact]
    public async Task The_configuration_says_where_the_keys_are_and_the_server_which_app_it_is()
    {
        var (root, data) = (_places.NewFolder(), _places.NewFolder());
        Directory.CreateDirectory(root);
        await using var one = Build(root, ("keys:uri", "sqlite:keys.sqlite"), ("Rowhouse:App", "shop"), ("Rowhouse:Data", data));
        await using var same = Build(root, ("keys:uri", $"sqlite:{data}/keys.sqlite"), ("Rowhouse:App", "shop"));
        await using var other = Build(root, ("keys:uri", $"sqlite:{data}/keys.sqlite"), ("Rowhouse:App", "blog"));

        var text = Protector(one).Protect("hello");

        Assert.True(File.Exists(Path.Combine(data, "keys.sqlite")));
        Assert.Equal("hello", Protector(same).Unprotect(text));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Protector(other).Unprotect(text));
    }

    [Fact]
    public async Task Without_a_word_the_keys_are_in_the_folder_data_of_the_content_root()
    {
        var root = _places.NewFolder();
        Directory.CreateDirectory(root);
        await using var app = Build(root);

        Protector(app).Protect("hello");

        Assert.Single(Directory.GetFiles(Path.Combine(root, "data", "keys"), "*.xml"));
    }

    [Fact]
    public async Task An_app_starts_and_warns_while_the_folder_of_its_keys_cannot_be_written()
    {
        var parent = _places.NewFolder();
        await File.WriteAllTextAsync(parent, "no folder", TestContext.Current.CancellationToken);
        await using var app = await KeysApp.StartAsync(ConnectionUri.Parse($"file:{parent}/keys"));

        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains("data protection keys could not be read", StringComparison.Ordinal));
        File.Delete(parent);
        await Rowhouse.Tests.Eventually.HoldsAsync(app.CanProtect, "the keys are made");
    }

    [Theory]
    [InlineData("postgers://h/db", "RH2301")]
    [InlineData("cookie:", "RH4001")]
    public void A_URI_that_is_wrong_is_an_error_at_start(string uri, string code)
    {
        var root = _places.NewFolder();
        Directory.CreateDirectory(root);

        var error = Assert.Throws<RowhouseException>(() => Protector(Build(root, ("keys:uri", uri))));

        Assert.Equal(code, error.Code);
    }

    private static IDataProtector Protector(WebApplication app) => app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("greeting");

    private static WebApplication Build(string root, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = root });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        return builder.AddRowhouseKeys().Build();
    }
}
