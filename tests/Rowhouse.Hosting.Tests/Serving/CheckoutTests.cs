using System.Globalization;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class CheckoutTests : IDisposable
{
    private const int Files = 500;

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_git_checkout_of_500_files_ends_in_few_builds_and_the_code_of_the_branch()
    {
        Assert.SkipUnless(ExternalTool.Exists("git"), "git is missing: apt-get install git");
        await CommitAsync("old", 1);
        await GitAsync("checkout", "-q", "-b", "new");
        await CommitAsync("new", 2);
        await GitAsync("checkout", "-q", "old");
        await using var server = await TestServer.StartAsync(_root);
        Assert.Equal("old 500", await server.GetTextAsync("/shop/"));
        var folder = _root.AppFolder("shop");

        foreach (var branch in new[] { "new", "old", "new" })
        {
            var before = server.StatusOf("shop").Instance;
            await GitAsync("checkout", "-q", branch);

            var expected = branch == "new" ? "new 1000" : "old 500";
            await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == expected, $"the code of {branch}");
            Assert.InRange(server.StatusOf("shop").Instance, before + 1, before + 3);
        }

        Assert.Empty(server.Log.Errors);
        Assert.True(Directory.Exists(Path.Combine(folder, ".git")));
    }

    private async Task CommitAsync(string branch, int value)
    {
        for (var file = 1; file < Files; file++)
        {
            _root.Write("shop", string.Create(CultureInfo.InvariantCulture, $"Parts/Part{file}.cs"), $"static class Part{file} {{ public const int Value = {value}; }}");
        }

        var sum = string.Join('+', Enumerable.Range(1, Files - 1).Select(file => $"Part{file}.Value"));
        _root.Write("shop", "Program.cs", $$"""
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => "{{branch}} " + ({{sum}} + {{value}}));
            app.Run();
            """);
        if (!Directory.Exists(Path.Combine(_root.AppFolder("shop"), ".git")))
        {
            await GitAsync("init", "-q", "-b", branch);
        }

        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false", "commit", "-q", "-m", branch);
    }

    private Task GitAsync(params string[] arguments) => ExternalTool.RunAsync(_root.AppFolder("shop"), "git", arguments);
}
