using System.Diagnostics;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Tests;

public sealed class NewTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("shop", "Shop")]
    [InlineData("2nd-shop", "_2ndShop")]
    [InlineData("class", "Class")]
    [InlineData("my_app-v2-", "MyAppV2")]
    [InlineData("task", "TaskApp")]
    [InlineData("system", "SystemApp")]
    [InlineData("7", "_7")]
    public void A_namespace_is_made_of_any_name(string app, string expected) => Assert.Equal(expected, RootNamespace.Of(app));

    [Theory]
    [InlineData("app", "2nd-shop", AppKind.Source)]
    [InlineData("pages", "class", AppKind.Source)]
    [InlineData("api", "task", AppKind.Source)]
    [InlineData("project", "system", AppKind.Project)]
    public async Task What_is_made_compiles_in_an_editor_and_is_of_the_right_kind(string template, string name, AppKind kind)
    {
        var result = await _root.RunAsync("new", name, "--template", template);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(kind, AppFolder.Open(_root.Root, name).Kind);
        Assert.DoesNotContain("__", string.Concat(Directory.GetFiles(_root.PathOf(name), "*", SearchOption.AllDirectories).Select(file => file + File.ReadAllText(file))), StringComparison.Ordinal);
        await BuildAsync(_root.PathOf(name));
    }

    [Fact]
    public async Task It_prints_what_was_made_and_the_next_step()
    {
        var result = await _root.RunAsync("new", "prices", "--template", "api");

        Assert.Equal(
            $"Made {_root.PathOf("prices").TrimEnd('/')} (a JSON API in Program.cs):\n  Program.cs\n  prices.csproj\n"
            + "Next: 'rowhouse run --environment Development', then open http://127.0.0.1:8000/prices/ and change a file.\n",
            result.Output);
        Assert.Equal(["prices"], Directory.GetFileSystemEntries(_root.Root.Applications).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_app_that_is_there_is_left_alone()
    {
        _root.AddApp("shop", "mine");

        var result = await _root.RunAsync("new", "shop");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("rowhouse: RH3002: There is already an app 'shop'", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_root.PathOf("shop", "Program.cs"), TestContext.Current.CancellationToken));
    }

    private static async Task BuildAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-warnaserror", "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
