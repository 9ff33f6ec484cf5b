using System.Net;

namespace Rowhouse.Hosting.Tests.Faults;

public sealed class StartFaultTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "throw new System.InvalidOperationException(\"no database\");", "did not start: InvalidOperationException: no database" },
        { "await System.Threading.Tasks.Task.Yield(); throw new System.InvalidOperationException(\"no database\");", "InvalidOperationException: no database" },
        { "System.Environment.Exit(3);", "called Environment.Exit(3) while it was starting" },
        { "System.Environment.Exit(0);", "called Environment.Exit(0) while it was starting" },
        { "System.Console.WriteLine(\"done\");", "returned without running a web application" },
        { FaultyApp.Program(start: "return;"), "returned without running a web application" },
        { FaultyApp.Program(start: "throw new System.TimeoutException(\"too late\");"), "TimeoutException: too late" },
        { FaultyApp.Program(services: "builder.Services.AddHostedService<S>();", types: Service("throw new System.FormatException(\"bad setting\");", "return default;")), "FormatException: bad setting" },
        { FaultyApp.Program(services: "builder.Services.AddSingleton<S>();", start: "app.Services.GetRequiredService<S>();", types: "class S { public S(System.IDisposable missing) { } }"), "Unable to resolve service" },
        { FaultyApp.Program(start: "await app.StartAsync(); return;"), "returned" },
        { FaultyApp.Program(start: "app.Lifetime.ApplicationStarted.Register(() => app.Lifetime.StopApplication());"), "stopped itself" },
        { FaultyApp.Program(start: "app.Run(_ => throw new System.DivideByZeroException(\"on each request\"));"), "DivideByZeroException: on each request" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_app_that_does_not_start_says_why_harms_nobody_and_starts_when_it_is_mended(string program, string reason)
    {
        await using var app = await FaultyApp.StartAsync(program);

        var status = await app.WaitForAsync(AppState.Failed);
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
        Assert.Equal(0, status.Instance);

        using (var response = await app.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.DoesNotContain(reason, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await app.MendAsync();
    }

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(-1);", "")]
    [InlineData("", "await System.Threading.Tasks.Task.Delay(-1);")]
    [InlineData("", "while (true) { System.Threading.Thread.Sleep(1); }")]
    public async Task An_app_that_never_finishes_starting_is_given_up_after_its_time_limit(string main, string serviceStart)
    {
        var program = serviceStart.Length == 0
            ? FaultyApp.Program(start: main)
            : FaultyApp.Program(services: "builder.Services.AddHostedService<S>();", types: Service(serviceStart, "return default;"));
        await using var app = await FaultyApp.StartAsync(program, "start-timeout = 300ms");

        var status = await app.WaitForAsync(AppState.Failed);
        Assert.Contains("was not ready within 0.3 s", status.Reason, StringComparison.Ordinal);

        await app.MendAsync();
    }

    [Fact]
    public async Task An_app_that_was_given_up_opens_no_listener_of_its_own_when_it_goes_on_after_all()
    {
        using var outside = new Rowhouse.Tests.TestRoot();
        var (release, ended) = (Path.Combine(outside.Folder, "release"), Path.Combine(outside.Folder, "ended"));
        var program = $$"""
            while (!System.IO.File.Exists(@"{{release}}")) { System.Threading.Thread.Sleep(5); }
            try { Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args).Build().Start(); }
            catch (System.Exception e) { System.IO.File.WriteAllText(@"{{ended}}~", e.ToString()); System.IO.File.Move(@"{{ended}}~", @"{{ended}}"); throw; }
            System.IO.File.WriteAllText(@"{{ended}}", "runs");
            """;
        await using var app = await FaultyApp.StartAsync(program, "start-timeout = 300ms");
        await app.WaitForAsync(AppState.Failed);

        await File.WriteAllTextAsync(release, "", TestContext.Current.CancellationToken);
        await Rowhouse.Tests.Eventually.HoldsAsync(() => File.Exists(ended), "its Main has gone on");

        Assert.Contains("has given up the start", await File.ReadAllTextAsync(ended, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await app.MendAsync();
    }

    [Fact]
    public async Task A_start_that_failed_for_a_reason_outside_the_app_is_tried_again_with_a_later_request()
    {
        using var outside = new Rowhouse.Tests.TestRoot();
        var file = Path.Combine(outside.Folder, "database");
        await using var app = await FaultyApp.StartAsync(FaultyApp.Program(start: $"System.IO.File.ReadAllText(@\"{file}\");"));
        await app.WaitForReasonAsync("FileNotFoundException");

        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await Rowhouse.Tests.Eventually.HoldsAsync(async () => await app.GetTextAsync("/") == "works", "the app works without having been changed");
        Assert.Null(app.Server.StatusOf("faulty").Reason);
    }

    internal static string Service(string start, string stop) => $$"""
        class S : IHostedService
        {
            public async System.Threading.Tasks.Task StartAsync(System.Threading.CancellationToken t) { await System.Threading.Tasks.Task.CompletedTask; {{start}} }
            public System.Threading.Tasks.Task StopAsync(System.Threading.CancellationToken t) { {{stop.Replace("return default", "return System.Threading.Tasks.Task.CompletedTask", StringComparison.Ordinal)}} }
        }
        """;
}
