using System.Text.Json;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests.Config;

public sealed class ConfigTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Check_prints_every_error_of_every_app_and_of_rowhouse_ini_at_once()
    {
        Write("shop", "appconfig.ini", "[db]\nuri = postgers://db/shop\n[shop]\nsize = 5\nsize = 6\n");
        Write("blog", "appconfig.Production.ini", "[mail]\nkey = secret:rowhouse-test-missing\n");
        Write("good", "appconfig.ini", "[db]\nuri = sqlite:good.sqlite\n");
        await File.WriteAllTextAsync(_root.Root.ConfigFile, "[server]\nlissen = http://127.0.0.1:1\n", TestContext.Current.CancellationToken);

        var result = await _root.RunAsync("config", "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("blog: 1 error\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("appconfig.Production.ini:2", result.Output, StringComparison.Ordinal);
        Assert.Contains("good: ok\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("shop: 2 errors\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("postgres", result.Output, StringComparison.Ordinal);
        Assert.Contains("appconfig.ini:5", result.Output, StringComparison.Ordinal);
        Assert.Contains("RH2001", result.Error, StringComparison.Ordinal);
        Assert.Contains("rowhouse.ini:2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_what_is_right_ends_with_0_and_looks_at_the_overlay_of_the_environment_that_is_asked_for()
    {
        Write("shop", "appconfig.ini", "[shop]\nsize = 5\n");
        Write("shop", "appconfig.Staging.ini", "this is no setting\n");

        Assert.Equal(0, (await _root.RunAsync("config", "check", "shop")).ExitCode);
        Assert.Equal(1, (await _root.RunAsync("config", "check", "shop", "--environment", "Staging")).ExitCode);
    }

    [Fact]
    public async Task Check_as_json_names_each_app_and_its_problems()
    {
        Write("shop", "appconfig.ini", "[db]\nuri = nothing\n");

        var result = await _root.RunAsync("config", "check", "--json");

        var app = JsonDocument.Parse(result.Output).RootElement[0];
        Assert.Equal("shop", app.GetProperty("app").GetString());
        Assert.Equal("Production", app.GetProperty("environment").GetString());
        Assert.False(app.GetProperty("succeeded").GetBoolean());
        Assert.Equal(1, app.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Show_prints_what_holds_with_its_source_and_no_secret()
    {
        Write("shop", "appconfig.ini", "[db]\nuri = postgres://shop:hunter2@db/shop\n[mail]\npassword = hunter2\nhost = mail.example.com\n");
        Write("shop", "appconfig.Production.ini", "[mail]\nhost = relay.example.com\n");

        var text = await _root.RunAsync("config", "show", "shop");
        var json = await _root.RunAsync("config", "show", "shop", "--json");

        Assert.Equal(0, text.ExitCode);
        Assert.DoesNotContain("hunter2", text.Output + json.Output, StringComparison.Ordinal);
        Assert.Contains("postgres://shop:***@db/shop", text.Output, StringComparison.Ordinal);
        var rows = JsonDocument.Parse(json.Output).RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("key").GetString()!);
        Assert.Equal("relay.example.com", rows["mail.host"].GetProperty("value").GetString());
        Assert.Equal("applications/shop/private/appconfig.Production.ini:2", rows["mail.host"].GetProperty("source").GetString());
        Assert.True(rows["mail.password"].GetProperty("isSecret").GetBoolean());
    }

    [Fact]
    public async Task Run_says_all_errors_of_all_apps_and_serves_the_others()
    {
        Write("shop", "appconfig.ini", "[db]\nuri = postgers://db/shop\n");
        Write("blog", "appconfig.ini", "[a]\nb = 1\nb = 2\n");

        await using var server = ChildProcess.Start("run", "--root", _root.Root.Folder, "--listen", "http://127.0.0.1:0");
        await server.WaitForOutputAsync("Ctrl+C stops it.");

        Assert.Contains("the configuration of 'shop' has errors", server.Error, StringComparison.Ordinal);
        Assert.Contains("the configuration of 'blog' has errors", server.Error, StringComparison.Ordinal);
        server.Signal("TERM");
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    private void Write(string app, string file, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.AddApp(app), "private")).FullName;
        File.WriteAllText(Path.Combine(folder, file), text);
    }
}
