using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Faults;

public sealed class StopFaultTests
{
    [Theory]
    [InlineData("throw new System.InvalidOperationException(\"cannot stop\");")]
    [InlineData("System.Threading.Thread.Sleep(-1); return default;")]
    [InlineData("return System.Threading.Tasks.Task.Delay(-1);")]
    public async Task An_app_that_does_not_stop_as_it_should_is_replaced_all_the_same(string stop)
    {
        var program = FaultyApp.Program(services: "builder.Services.AddHostedService<S>();", types: StartFaultTests.Service("", stop));
        await using var app = await FaultyApp.StartAsync(program, "drain = 0s");
        Assert.Equal("works", await app.GetTextAsync("/"));

        await app.MendAsync();
    }

    [Fact]
    public async Task An_instance_whose_main_never_returns_is_told_in_the_log()
    {
        var program = FaultyApp.Program(services: "builder.Services.AddHostedService<S>();", types: StartFaultTests.Service("", "System.Threading.Thread.Sleep(-1); return default;"));
        await using var app = await FaultyApp.StartAsync(program, "drain = 0s");
        Assert.Equal("works", await app.GetTextAsync("/"));

        await app.MendAsync();
        await Eventually.HoldsAsync(
            () => app.Server.Log.Entries.Any(entry => entry.Message.Contains("faulty: instance 1 does not end", StringComparison.Ordinal)), "the log tells of it");
    }

    [Fact]
    public async Task A_thread_that_an_app_leaves_behind_keeps_neither_its_next_instance_nor_others_from_running()
    {
        var program = FaultyApp.Program(start: "new System.Threading.Thread(() => { while (true) { System.Threading.Thread.Sleep(1); } }) { IsBackground = true }.Start();");
        await using var app = await FaultyApp.StartAsync(program);
        Assert.Equal("works", await app.GetTextAsync("/"));

        await app.MendAsync();
    }
}
