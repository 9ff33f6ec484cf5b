using System.Text.Json;

namespace Rowhouse.Cli.Tests;

public sealed class AppsTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Without_a_server_apps_are_listed_as_stopped_or_disabled()
    {
        _root.AddApp("shop");
        _root.AddApp("blog");
        await _root.RunAsync("apps", "disable", "blog");

        var result = await _root.RunAsync("apps", "list");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["NAME STATE KIND AT REASON", "blog disabled source /blog", "shop stopped source /shop"],
            result.Output.TrimEnd('\n').Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task Lists_as_json_have_camel_case_names_and_lower_case_states()
    {
        _root.AddApp("shop");
        Directory.CreateDirectory(_root.PathOf("empty"));

        var result = await _root.RunAsync("apps", "list", "--json");

        var apps = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(["empty", "shop"], apps.EnumerateArray().Select(app => app.GetProperty("name").GetString()));
        Assert.Equal("stopped", apps[1].GetProperty("state").GetString());
        Assert.Equal("source", apps[1].GetProperty("kind").GetString());
        Assert.Equal("shared", apps[1].GetProperty("isolation").GetString());
        Assert.Equal("/shop", apps[1].GetProperty("routes")[0].GetString());
        Assert.Equal(JsonValueKind.Null, apps[0].GetProperty("kind").ValueKind);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task An_empty_root_is_an_empty_list_and_a_hint()
    {
        Assert.Equal("[]\n", (await _root.RunAsync("apps", "list", "--json")).Output);
        var result = await _root.RunAsync("apps", "list");
        Assert.Empty(result.Output);
        Assert.Contains("rowhouse new NAME", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_and_enable_put_the_file_there_and_take_it_away()
    {
        _root.AddApp("shop");

        Assert.Equal("shop is disabled: it answers 503 until 'rowhouse apps enable shop'.\n", (await _root.RunAsync("apps", "disable", "shop")).Output);
        Assert.True(File.Exists(_root.PathOf("shop", "DISABLED")));
        Assert.Equal("shop was disabled already.\n", (await _root.RunAsync("apps", "disable", "shop")).Output);
        Assert.Equal("shop is enabled.\n", (await _root.RunAsync("apps", "enable", "shop")).Output);
        Assert.False(File.Exists(_root.PathOf("shop", "DISABLED")));
        Assert.Equal("shop was enabled already.\n", (await _root.RunAsync("apps", "enable", "shop")).Output);
        Assert.Equal(["Program.cs"], Directory.GetFileSystemEntries(_root.PathOf("shop")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Remove_needs_yes_where_nobody_can_answer()
    {
        _root.AddApp("shop");

        var refused = await _root.RunAsync("apps", "remove", "shop");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Add --yes", refused.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_root.PathOf("shop")));
    }

    [Theory]
    [InlineData("y\n", 0, false)]
    [InlineData("YES\n", 0, false)]
    [InlineData("n\n", 1, true)]
    [InlineData("\n", 1, true)]
    [InlineData("", 1, true)]
    public async Task Remove_asks_and_takes_only_yes_for_yes(string answer, int exitCode, bool stays)
    {
        _root.AddApp("shop");

        var result = await _root.RunAsync(answer, ["apps", "remove", "shop"]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith($"Delete '{_root.PathOf("shop").TrimEnd('/')}'? [y/N] ", result.Error, StringComparison.Ordinal);
        Assert.Equal(stays, Directory.Exists(_root.PathOf("shop")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_keeps_what_the_app_wrote_unless_asked(bool withData)
    {
        _root.AddApp("shop");
        Directory.CreateDirectory(_root.Root.DataOf("shop"));

        var result = await _root.RunAsync(withData ? ["apps", "remove", "shop", "--yes", "--with-data"] : ["apps", "remove", "shop", "--yes"]);

        Assert.Equal(0, result.ExitCode);
        Assert.False(Directory.Exists(_root.PathOf("shop")));
        Assert.Equal(!withData, Directory.Exists(_root.Root.DataOf("shop")));
    }

    [Fact]
    public async Task Check_prints_errors_with_their_place_and_exits_1()
    {
        _root.AddApp("shop", "var x = 1;\nint = ;\n");
        _root.AddApp("blog");

        var result = await _root.RunAsync("apps", "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("blog: ok\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nshop: \d+ errors?\n  .*Program\.cs\(\d+,\d+\): error CS\d+: ", result.Output);
    }

    [Fact]
    public async Task Check_as_json_gives_each_app_its_diagnostics()
    {
        _root.AddApp("shop", "int = ;");
        Directory.CreateDirectory(_root.PathOf("empty"));

        var result = await _root.RunAsync("apps", "check", "--json");

        Assert.Equal(1, result.ExitCode);
        var apps = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(["empty", "shop"], apps.EnumerateArray().Select(app => app.GetProperty("app").GetString()));
        Assert.Equal("RH1005", apps[0].GetProperty("diagnostics")[0].GetProperty("code").GetString());
        var diagnostic = apps[1].GetProperty("diagnostics")[0];
        Assert.False(apps[1].GetProperty("succeeded").GetBoolean());
        Assert.Equal("error", diagnostic.GetProperty("severity").GetString());
        Assert.StartsWith("CS", diagnostic.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.True(diagnostic.GetProperty("line").GetInt32() >= 1);
    }

    [Fact]
    public async Task Build_and_pack_say_what_they_made()
    {
        _root.AddApp("shop");
        var archive = Path.Combine(_root.Root.Folder, "shop.rha");

        Assert.Equal("shop: built\n", (await _root.RunAsync("apps", "build", "shop")).Output);
        var packed = await _root.RunAsync("apps", "pack", "shop", "-o", archive);

        Assert.Equal(0, packed.ExitCode);
        Assert.StartsWith($"Packed shop into {archive} (", packed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(archive));
    }

    [Fact]
    public async Task Version_as_json_names_the_runtime()
    {
        var version = JsonDocument.Parse((await _root.RunAsync("version", "--json")).Output).RootElement;

        Assert.StartsWith(".NET 10.", version.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.GetProperty("version").GetString());
    }
}
