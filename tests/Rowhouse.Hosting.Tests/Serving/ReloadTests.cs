using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class ReloadTests
{
    [Fact]
    public async Task The_next_request_after_a_save_runs_the_new_code()
    {
        using var root = new TestRoot();
        root.WriteApp("shop", "one");
        await using var server = await TestServer.StartAsync(root);
        Assert.Equal("one", await server.GetTextAsync("/shop/"));

        root.WriteApp("shop", "two");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "two", "the new answer");

        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_save_that_does_not_compile_leaves_the_last_good_build_serving()
    {
        using var root = new TestRoot();
        root.WriteApp("shop", "one");
        await using var server = await TestServer.StartAsync(root, "Production");
        Assert.Equal("one", await server.GetTextAsync("/shop/"));

        root.Write("shop", "Program.cs", "this is no C#");
        var status = await server.WaitForAsync("shop", app => app.Reason is not null, "has a reason");

        Assert.Equal(AppState.Running, status.State);
        Assert.Contains("Program.cs(1", status.Reason, StringComparison.Ordinal);
        Assert.Equal("one", await server.GetTextAsync("/shop/"));
    }

    [Fact]
    public async Task In_development_a_page_shows_the_compile_error_and_other_requests_go_on()
    {
        using var root = new TestRoot();
        root.WriteApp("shop", "one");
        await using var server = await TestServer.StartAsync(root);
        Assert.Equal("one", await server.GetTextAsync("/shop/"));

        root.Write("shop", "Program.cs", "var app = 1;\nint = ;\n");
        await server.WaitForAsync("shop", app => app.Reason is not null, "has a reason");

        using var page = await server.GetPageAsync("/shop/");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("CS1525", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("one", await server.GetTextAsync("/shop/"));

        root.WriteApp("shop", "mended");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "mended", "the mended answer");
    }

    [Fact]
    public async Task A_folder_that_is_dropped_in_is_live_and_one_that_is_deleted_is_gone()
    {
        using var root = new TestRoot();
        await using var server = await TestServer.StartAsync(root, "Production");
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/shop/")).StatusCode);

        root.WriteApp("shop", "new");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "new", "the app is live");

        Directory.Delete(root.AppFolder("shop"), recursive: true);
        await Eventually.HoldsAsync(async () => (await server.GetAsync("/shop/")).StatusCode == HttpStatusCode.NotFound, "the app is gone");
    }

    [Fact]
    public async Task Settings_that_change_while_an_instance_starts_are_not_lost()
    {
        using var root = new TestRoot();
        root.Write("shop", "Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            var number = app.Configuration["Number"];
            File.WriteAllText(Path.Combine(app.Environment.ContentRootPath, $"started-{number}"), "");
            while (number == "2" && !File.Exists(Path.Combine(app.Environment.ContentRootPath, "go-on")))
            {
                await Task.Delay(10);
            }

            app.MapGet("/", () => number);
            app.Run();
            """);
        root.Write("shop", "appsettings.json", """{ "Number": 1 }""");
        await using var server = await TestServer.StartAsync(root, "Production");
        Assert.Equal("1", await server.GetTextAsync("/shop/"));

        root.Write("shop", "appsettings.json", """{ "Number": 2 }""");
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(root.AppFolder("shop"), "started-2")), "the second instance is starting");
        root.Write("shop", "appsettings.json", """{ "Number": 3 }""");
        root.Write("shop", "go-on", "");

        await server.WaitForTextAsync("/shop/", "3");
    }
}
