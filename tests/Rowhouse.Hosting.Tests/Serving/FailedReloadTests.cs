using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class FailedReloadTests : IDisposable
{
    private readonly TestRoot _root = new();

    public FailedReloadTests()
    {
        _root.WriteApp("shop", "good");
        _root.WriteConfig("[app:shop]\nprobe = /health\nstart-timeout = 2s\n");
    }

    public static TheoryData<string, string> BadStarts => new()
    {
        { "throw new InvalidOperationException(\"no database\");", "InvalidOperationException: no database" },
        { "Environment.Exit(4);", "Environment.Exit(4)" },
        { "Console.WriteLine();", "returned without running" },
        { "await Task.Delay(-1);", "was not ready within 2 s" },
        { Health("Results.StatusCode(503)"), "GET /health was answered with 503" },
    };

    // In development it is the app's own page for developers that answers an exception.
    public static TheoryData<string, string> BadProbes => new() { { Health("throw new TimeoutException(\"still warming up\")"), "TimeoutException: still warming up" } };

    public void Dispose() => _root.Dispose();

    [Theory]
    [MemberData(nameof(BadStarts))]
    [MemberData(nameof(BadProbes))]
    public async Task In_production_a_save_that_does_not_start_leaves_the_last_good_instance_serving(string program, string reason)
    {
        await using var server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal("good", await server.GetTextAsync("/shop/"));

        _root.Write("shop", "Program.cs", program);
        var status = await server.WaitForAsync("shop", app => app.Reason is not null, "says why");

        Assert.Equal((AppState.Running, 1), (status.State, status.Instance));
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
        Assert.Contains(server.Log.Errors, error => error.Contains(reason, StringComparison.Ordinal));
        using (var page = await server.GetPageAsync("/shop/"))
        {
            Assert.Equal((HttpStatusCode.OK, "good"), (page.StatusCode, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        _root.WriteApp("shop", "mended");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/shop/") == "mended", "the mended answer");
        Assert.Null(server.StatusOf("shop").Reason);
    }

    [Theory]
    [MemberData(nameof(BadStarts))]
    public async Task In_development_a_page_says_why_a_save_does_not_start_and_what_is_no_page_goes_on(string program, string reason)
    {
        await using var server = await TestServer.StartAsync(_root);
        Assert.Equal("good", await server.GetTextAsync("/shop/"));

        _root.Write("shop", "Program.cs", program);
        await server.WaitForAsync("shop", app => app.Reason is not null, "says why");

        using var page = await server.GetPageAsync("/shop/");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains(reason, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal("good", await server.GetTextAsync("/shop/"));
    }

    [Fact]
    public async Task A_save_that_takes_a_mistake_back_needs_no_new_instance()
    {
        await using var server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal("good", await server.GetTextAsync("/shop/"));
        _root.Write("shop", "Program.cs", "throw new Exception();");
        await server.WaitForAsync("shop", app => app.Reason is not null, "says why");

        _root.WriteApp("shop", "good");
        var status = await server.WaitForAsync("shop", app => app.Reason is null, "all is well");

        Assert.Equal((AppState.Running, 1), (status.State, status.Instance));
    }

    private static string Health(string answer) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => "bad");
        app.MapGet("/health", IResult () => {{answer}});
        app.Run();
        """;
}
