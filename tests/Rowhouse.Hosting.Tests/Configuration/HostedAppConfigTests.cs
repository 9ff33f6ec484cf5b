using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests;

public sealed class HostedAppConfigTests : IDisposable
{
    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_source_app_without_a_program_reads_its_configuration_and_a_change_of_it()
    {
        _root.Write("shop", "private/appconfig.ini", "[shop]\nsize = 12\npause = 20m\n");
        _root.Write("shop", "Controllers/DefaultController.cs", """
            using Microsoft.AspNetCore.Mvc;
            using Rowhouse.Configuration;
            public class DefaultController(AppConfig config, IConfiguration all) : Controller
            {
                public string Index() => $"{config.Take<int>("shop.size")} {config.Take<TimeSpan>("shop.pause").TotalMinutes} {all["shop:size"]}";
            }
            """);
        await using var server = await TestServer.StartAsync(_root, "Production");

        Assert.Equal("12 20 12", await server.GetTextAsync("/shop/"));

        _root.Write("shop", "private/appconfig.ini", "[shop]\nsize = 13\npause = 1h\n");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "13 60 13", "the new configuration");
    }

    [Fact]
    public async Task A_configuration_with_errors_keeps_its_app_from_starting_and_the_state_names_them_all()
    {
        _root.Write("shop", "private/appconfig.ini", "[db]\nuri = postgers://x/y\n[shop]\nsize = 1\nsize = 2\n");
        _root.Write("shop", "Controllers/DefaultController.cs", "public class DefaultController : Microsoft.AspNetCore.Mvc.Controller { public string Index() => \"hello\"; }");
        await using var server = await TestServer.StartAsync(_root, "Production");

        var status = await server.WaitForAsync("shop", AppState.Failed);

        Assert.Contains("appconfig.ini:2", status.Reason, StringComparison.Ordinal);
        Assert.Contains("appconfig.ini:5", status.Reason, StringComparison.Ordinal);
    }
}
