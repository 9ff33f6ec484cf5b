using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Isolation;

public sealed class ChildDeathTests
{
    [Theory]
    [InlineData("fail-fast", "exit code 134 (SIGABRT: FailFast or stack overflow): it is over")]
    [InlineData("overflow", "exit code 134 (SIGABRT: FailFast or stack overflow): Stack overflow.")]
    [InlineData("exit", "exit code 3")]
    public async Task What_ends_a_process_ends_only_the_apps_own_and_the_next_request_gets_an_answer(string death, string reason)
    {
        using var root = IsolatedApps.Write();
        await using var server = await TestServer.StartAsync(root, "Production");
        var (near, apart) = (await server.GetTextAsync("/near/pid"), await server.GetTextAsync("/apart/pid"));
        Assert.Equal($"{Environment.ProcessId}", near);
        Assert.NotEqual(near, apart);

        using var fatal = await server.GetAsync("/apart/" + death);
        var after = await server.GetTextAsync("/apart/pid");

        Assert.Equal(HttpStatusCode.BadGateway, fatal.StatusCode);
        Assert.NotEqual(apart, after);
        Assert.Equal(near, await server.GetTextAsync("/near/pid"));
        var status = await server.WaitForAsync("apart", app => app.Reason is not null, "says why");
        Assert.Equal((AppState.Running, 1, after), (status.State, status.Restarts, $"{status.ProcessId}"));
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
        Assert.Contains(server.Log.Errors, error => error.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_that_come_while_a_child_is_dead_wait_for_the_next_one()
    {
        using var root = IsolatedApps.Write();
        await using var server = await TestServer.StartAsync(root, "Production");
        var first = int.Parse(await server.GetTextAsync("/apart/pid"), CultureInfo.InvariantCulture);

        using (var child = Process.GetProcessById(first))
        {
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.WaitForAsync("apart", app => app.Restarts == 1, "noticed the death");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.GetTextAsync("/apart/pid")));

        Assert.Equal($"{server.StatusOf("apart").ProcessId}", Assert.Single(answers.Distinct()));
        Assert.Contains("killed by signal 9", server.StatusOf("apart").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_takes_more_memory_than_it_may_is_replaced_and_others_live_on()
    {
        using var root = IsolatedApps.Write("memory = 256MB\n");
        await using var server = await TestServer.StartAsync(root, "Production");
        var first = await server.GetTextAsync("/apart/pid");

        using var greedy = await server.GetAsync("/apart/take/180");
        using var greedier = await server.GetAsync("/apart/take/120");
        var status = await server.WaitForAsync("apart", app => app.Restarts > 0 && app.Reason is not null, "is replaced");

        Assert.Contains("memory limit", status.Reason, StringComparison.Ordinal);
        Assert.NotEqual(first, await server.GetTextAsync("/apart/pid"));
        Assert.Equal($"{Environment.ProcessId}", await server.GetTextAsync("/near/pid"));
        await Eventually.HoldsAsync(() => ProcessLife.IsGone(int.Parse(first, CultureInfo.InvariantCulture)), "the greedy process is gone");
    }

    [Fact]
    public async Task An_app_that_does_not_start_says_why_and_starts_when_it_is_mended()
    {
        using var root = IsolatedApps.Write();
        root.Write("apart", "Program.cs", "throw new InvalidOperationException(\"no database\");");
        await using var server = await TestServer.StartAsync(root, "Production");

        var status = await server.WaitForAsync("apart", AppState.Failed);
        Assert.Contains("no database", status.Reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/apart/pid")).StatusCode);

        root.WriteApp("apart", "mended");
        await Eventually.HoldsAsync(async () => await server.GetTextAsync("/apart/") == "mended", "the mended app answers");
    }
}
