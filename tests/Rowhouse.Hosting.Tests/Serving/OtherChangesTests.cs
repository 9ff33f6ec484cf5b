using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>Changes of files that are not compiled.</summary>
public sealed class OtherChangesTests : IAsyncLifetime
{
    private readonly TestRoot _root = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _root.Write("shop", "Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.UseStaticFiles();
            app.MapGet("/", (IConfiguration configuration) => configuration["Greeting"]);
            app.Run();
            """);
        _root.Write("shop", "appsettings.json", """{ "Greeting": "hello" }""");
        _root.Write("shop", "wwwroot/site.css", "one");
        _server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal("hello", await _server.GetTextAsync("/shop/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _root.Dispose();
    }

    [Fact]
    public async Task A_changed_configuration_file_starts_the_app_anew()
    {
        _root.Write("shop", "appsettings.json", """{ "Greeting": "good morning" }""");
        await Eventually.HoldsAsync(async () => await _server.GetTextAsync("/shop/") == "good morning", "the new setting");

        _root.Write("shop", "appsettings.Production.json", """{ "Greeting": "good evening" }""");
        await Eventually.HoldsAsync(async () => await _server.GetTextAsync("/shop/") == "good evening", "the setting of the environment");
        Assert.Equal(3, _server.StatusOf("shop").Instance);
    }

    [Fact]
    public async Task A_changed_web_file_is_served_at_once_by_the_same_instance()
    {
        Assert.Equal("one", await _server.GetTextAsync("/shop/site.css"));
        _root.Write("shop", "wwwroot/site.css", "two");
        _root.Write("shop", "wwwroot/new.css", "three");
        _root.Write("shop", "wwwroot/code.cs", "no source");
        _root.Write("shop", "README.md", "no source either");

        Assert.Equal("two", await _server.GetTextAsync("/shop/site.css"));
        Assert.Equal("three", await _server.GetTextAsync("/shop/new.css"));

        // What is saved after them is seen after them: only this one counts.
        _root.Write("shop", "appsettings.json", """{ "Greeting": "later" }""");
        await Eventually.HoldsAsync(async () => await _server.GetTextAsync("/shop/") == "later", "the later change");
        Assert.Equal(2, _server.StatusOf("shop").Instance);
    }
}
