using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Faults;

public sealed class RunningFaultTests
{
    private const string Fault = "throw new System.InvalidOperationException(\"it broke\");";

    [Theory]
    [InlineData("new System.Threading.Thread(() => { " + Fault + " }).Start();")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => { " + Fault + " });")]
    [InlineData("System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => { " + Fault + " }, null);")]
    [InlineData("static async void F() { await System.Threading.Tasks.Task.Yield(); " + Fault + " } F();")]
    [InlineData("timers.Add(new System.Threading.Timer(_ => { " + Fault + " }, null, 0, -1));")]
    [InlineData("var c = new System.Threading.CancellationTokenSource(); c.Token.Register(() => { " + Fault + " }); c.CancelAfter(1);")]
    public async Task An_exception_outside_of_any_request_is_told_and_the_app_goes_on(string act)
    {
        var program = FaultyApp.Program(start: "var timers = new System.Collections.Generic.List<object>(); app.MapGet(\"/act\", () => { " + act + " });");
        await using var app = await FaultyApp.StartAsync(program);
        Assert.Equal("works", await app.GetTextAsync("/"));

        using var response = await app.GetAsync("/act");
        var status = await app.WaitForReasonAsync("it broke");

        Assert.Equal((AppState.Running, 1), (status.State, status.Instance));
        Assert.Contains("InvalidOperationException", status.Reason, StringComparison.Ordinal);
        Assert.Equal("works", await app.GetTextAsync("/"));
        Assert.Contains(app.Server.Log.Errors, error => error.Contains("faulty: an exception in a background thread", StringComparison.Ordinal));
        await app.MendAsync();
    }

    [Theory]
    [InlineData("System.Environment.Exit(7);")]
    [InlineData("new System.Threading.Thread(() => System.Environment.Exit(7)).Start();")]
    [InlineData("System.Threading.Tasks.Task.Run(() => System.Environment.Exit(7));")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => System.Environment.Exit(7));")]
    public async Task An_app_that_exits_ends_alone_says_so_and_comes_back_with_a_later_request(string act)
    {
        await using var app = await FaultyApp.StartAsync(FaultyApp.Program(start: "app.MapGet(\"/act\", () => { " + act + " });"));
        Assert.Equal("works", await app.GetTextAsync("/"));

        using var response = await app.GetAsync("/act");
        var status = await app.WaitForAsync(AppState.Failed);

        Assert.Contains("Environment.Exit(7)", status.Reason, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await app.GetTextAsync("/") == "works", "the app is started again");
        await app.MendAsync();
    }

    [Fact]
    public async Task A_background_service_that_throws_ends_its_app_which_says_what_it_died_of()
    {
        await using var app = await FaultyApp.StartAsync(FaultyApp.Program(
            services: "var release = new System.Threading.Tasks.TaskCompletionSource(); builder.Services.AddSingleton(release); builder.Services.AddHostedService<B>();",
            start: "app.MapGet(\"/act\", () => { release.SetResult(); });",
            types: """
                class B : BackgroundService
                {
                    private readonly System.Threading.Tasks.TaskCompletionSource _release;
                    public B(System.Threading.Tasks.TaskCompletionSource release) { _release = release; }
                    protected override async System.Threading.Tasks.Task ExecuteAsync(System.Threading.CancellationToken t)
                    {
                        await _release.Task;
                        throw new System.InvalidOperationException("queue lost");
                    }
                }
                """));
        Assert.Equal("works", await app.GetTextAsync("/"));

        using var response = await app.GetAsync("/act");
        var status = await app.WaitForAsync(AppState.Failed);

        Assert.Contains("background service threw InvalidOperationException: queue lost", status.Reason, StringComparison.Ordinal);
        await app.MendAsync();
    }

    [Fact]
    public async Task A_background_service_that_throws_at_once_keeps_its_app_from_running_and_is_named()
    {
        await using var app = await FaultyApp.StartAsync(FaultyApp.Program(
            services: "builder.Services.AddHostedService<B>();",
            types: """
                class B : BackgroundService
                {
                    protected override System.Threading.Tasks.Task ExecuteAsync(System.Threading.CancellationToken t) => throw new System.InvalidOperationException("no queue");
                }
                """));

        var status = await app.WaitForAsync(AppState.Failed);

        Assert.Contains("no queue", status.Reason, StringComparison.Ordinal);
        await app.MendAsync();
    }

    [Fact]
    public async Task A_request_that_throws_fails_alone()
    {
        await using var app = await FaultyApp.StartAsync(FaultyApp.Program(start: "app.MapGet(\"/act\", () => { " + Fault + " });"));

        using var response = await app.GetAsync("/act");

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("works", await app.GetTextAsync("/"));
        Assert.Equal((AppState.Running, 1), (app.Server.StatusOf("faulty").State, app.Server.StatusOf("faulty").Instance));
        await app.MendAsync();
    }
}
