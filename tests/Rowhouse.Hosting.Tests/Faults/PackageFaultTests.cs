using Rowhouse.Hosting.Tests.Building;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Faults;

public sealed class PackageFaultTests : IDisposable
{
    // The thread runs the package's code alone: nothing of the app is on its stack.
    private const string Package = """
        namespace Queues
        {
            public static class Queue
            {
                public static void Start() => new System.Threading.Thread(Work).Start();

                private static void Work() => throw new System.InvalidOperationException("the queue is broken");
            }
        }
        """;

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task An_exception_in_a_thread_of_a_package_is_told_as_its_apps_and_harms_nobody()
    {
        new LocalPackages(_root).Add("Queues", "1.0.0", Package);
        _root.Write("shop", "shop.csproj", Projects.File("Queues@1.0.0"));
        _root.Write("shop", "Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => "shop");
            app.MapGet("/start", () => { Queues.Queue.Start(); return "started"; });
            app.Run();
            """);
        _root.WriteApp("blog", "blog");
        await using var server = await TestServer.StartAsync(_root, "Production");
        await server.WaitForAsync("shop", AppState.Running);

        Assert.Equal("started", await server.GetTextAsync("/shop/start"));

        var status = await server.WaitForAsync("shop", app => app.Reason is not null, "has a reason");
        Assert.Contains("the queue is broken", status.Reason, StringComparison.Ordinal);
        Assert.Equal("shop", await server.GetTextAsync("/shop/"));
        Assert.Equal("blog", await server.GetTextAsync("/blog/"));
    }
}
