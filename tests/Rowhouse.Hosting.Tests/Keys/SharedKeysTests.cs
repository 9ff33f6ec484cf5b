using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Keys;

public sealed class SharedKeysTests : IDisposable
{
    private const string Program = """
        using Microsoft.AspNetCore.DataProtection;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDataProtection();
        var app = builder.Build();
        var protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("greeting");
        app.MapGet("/protect", () => protector.Protect("hello"));
        app.MapGet("/read", (string text) => protector.Unprotect(text));
        app.Run();
        """;

    private readonly TestRoot _first = new();
    private readonly TestRoot _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task What_an_app_protects_on_one_node_is_read_on_another_and_by_no_other_app()
    {
        var keys = Path.Combine(_first.Folder, "shared-keys");
        foreach (var root in new[] { _first, _second })
        {
            root.WriteConfig($"[keys]\nuri = file:{keys}\n");
            root.Write("shop", "Program.cs", Program);
        }

        _second.Write("blog", "Program.cs", Program);
        await using var first = await TestServer.StartAsync(_first, "Production");
        await using var second = await TestServer.StartAsync(_second, "Production");

        var text = await first.GetTextAsync("/shop/protect");

        Assert.Equal("hello", await second.GetTextAsync($"/shop/read?text={text}"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await second.GetAsync($"/blog/read?text={text}")).StatusCode);
        Assert.Single(Directory.GetFiles(keys, "*.xml"));
    }

    [Fact]
    public async Task Keys_lie_in_the_roots_data_folder_and_outlive_a_restart()
    {
        _first.Write("shop", "Program.cs", Program);
        string text;
        await using (var server = await TestServer.StartAsync(_first, "Production"))
        {
            text = await server.GetTextAsync("/shop/protect");
        }

        await using var again = await TestServer.StartAsync(_first, "Production");
        Assert.Equal("hello", await again.GetTextAsync($"/shop/read?text={text}"));
        Assert.Single(Directory.GetFiles(Path.Combine(_first.Root.Data, "keys"), "*.xml"));
    }

    [Fact]
    public async Task What_an_app_says_of_its_keys_itself_wins()
    {
        var own = Path.Combine(_first.Folder, "own-keys");
        _first.Write("shop", "Program.cs", Program.Replace("AddDataProtection()", $"AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(\"{own}\"))", StringComparison.Ordinal));
        await using var server = await TestServer.StartAsync(_first, "Production");

        var text = await server.GetTextAsync("/shop/protect");

        Assert.Equal("hello", await server.GetTextAsync($"/shop/read?text={text}"));
        Assert.Single(Directory.GetFiles(own, "*.xml"));
        Assert.False(Directory.Exists(Path.Combine(_first.Root.Data, "keys")));
    }
}
