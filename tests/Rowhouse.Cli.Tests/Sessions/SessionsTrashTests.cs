using System.Text.Json;
using Rowhouse.Sessions;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests.Sessions;

public sealed class SessionsTrashTests : IAsyncDisposable
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    private readonly SessionsRoot _root = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    [Fact]
    public async Task Once_without_an_expiration_removes_what_is_expired_and_nothing_else()
    {
        var store = _root.Open();
        var key = await SessionsRoot.AddAsync(store, age: Hours);
        var expired = await SessionsRoot.AddAsync(store);
        var last = new SessionChange { Values = new Dictionary<string, byte[]?>(), Modified = SessionsRoot.Now - Hours, Expires = SessionsRoot.Now - TimeSpan.FromMinutes(1), IdleTimeout = Hours };
        await store.CommitAsync(expired, last, null, Cancellation);

        var trash = await _root.RunAsync("trash", "shop", "--once");

        Assert.Equal((0, "Removed 1 session of shop.\n"), (trash.ExitCode, trash.Output));
        Assert.Equal([key], await KeysAsync(store));
    }

    [Fact]
    public async Task The_expiration_counts_from_the_last_sign_of_life_and_spares_remembered_sessions_unless_forced()
    {
        var store = _root.Open();
        var fresh = await SessionsRoot.AddAsync(store);
        var remembered = await SessionsRoot.AddAsync(store, age: Hours, hasOwnTimeout: true);
        await SessionsRoot.AddAsync(store, age: Hours);

        var trash = await _root.RunAsync("trash", "shop", "-o", "-x", "3600", "-v");
        Assert.StartsWith("Removed 1 session of shop in file:sessions in ", trash.Output, StringComparison.Ordinal);
        Assert.True(new[] { fresh, remembered }.ToHashSet().SetEquals(await KeysAsync(store)));

        Assert.Equal("Removed 1 session of shop.\n", (await _root.RunAsync("trash", "shop", "--once", "--force", "--expiration", "3600")).Output);
        Assert.Equal([fresh], await KeysAsync(store));
    }

    [Fact]
    public async Task A_sleep_that_no_timer_can_take_is_refused_before_anything_is_done()
    {
        var trash = await _root.RunAsync("trash", "shop", "--sleep", "4294968");

        Assert.Equal(2, trash.ExitCode);
        Assert.Contains("2592000 seconds at most", trash.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forced_without_an_expiration_takes_the_time_that_the_app_is_configured_with()
    {
        _root.Configure("[session]\nidle = 4h\n");
        var store = _root.Open();
        await SessionsRoot.AddAsync(store, age: Hours);

        Assert.Equal("Removed 0 sessions of shop.\n", (await _root.RunAsync("trash", "shop", "-o", "-f")).Output);
        _root.Configure("[session]\nidle = 2h\n");
        Assert.Equal("Removed 1 session of shop.\n", (await _root.RunAsync("trash", "shop", "-o", "-f")).Output);
    }

    [Fact]
    public async Task Without_once_it_goes_on_until_SIGTERM_which_ends_it_cleanly()
    {
        var store = _root.Open();
        await SessionsRoot.AddAsync(store, age: Hours);
        await using var process = ChildProcess.Start("sessions", "trash", "shop", "--expiration", "3600", "--sleep", "1", "-v", "--root", _root.Folder);
        await process.WaitForOutputAsync("Removed 1 session");

        await SessionsRoot.AddAsync(store, age: Hours);
        await Eventually.HoldsAsync(async () => (await KeysAsync(store)).Count == 0, "the next round has removed what came meanwhile");
        process.Signal("TERM");

        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Empty(process.Error);
    }

    [Fact]
    public async Task An_outage_ends_a_single_round_with_an_error()
    {
        _root.Configure("[session]\nuri = redis://127.0.0.1:1/0?timeout=1s&command-timeout=1s\n");

        var trash = await _root.RunAsync("trash", "shop", "--once", "--expiration", "1");

        Assert.Equal(1, trash.ExitCode);
        Assert.Matches("RH400[234]", trash.Error);
    }

    [Fact]
    public async Task Sessions_that_one_node_keeps_for_itself_are_a_finding_of_the_doctor_on_a_farm()
    {
        _root.ConfigureServer("[server]\nnodes = 2\n[keys]\nuri = redis://127.0.0.1:1/0\n");
        Assert.DoesNotContain(await ExamineAsync(), finding => finding.Level is "warning" or "error");

        await SessionsRoot.AddAsync(_root.Open());
        Assert.Contains(await ExamineAsync(), finding => finding.Level == "warning" && finding.What.Contains("file:sessions", StringComparison.Ordinal));

        foreach (var uri in (string[])["memory:", "sqlite:sessions.sqlite"])
        {
            _root.Configure($"[session]\nuri = {uri}\n");
            Assert.Single(await ExamineAsync(), finding => finding.Level == "error" && finding.What.Contains(uri, StringComparison.Ordinal));
        }

        _root.Configure("[session]\nuri = cookie:\n");
        Assert.All(await ExamineAsync(), finding => Assert.Equal("ok", finding.Level));
    }

    private static ValueTask<List<SessionKey>> KeysAsync(SessionStore store) => store.ListAsync(Cancellation).Select(session => session.Key).ToListAsync(Cancellation);

    private async Task<List<(string Level, string What)>> ExamineAsync()
    {
        var findings = JsonDocument.Parse((await _root.DoctorAsync()).Output).RootElement.EnumerateArray();
        return [.. findings.Where(finding => finding.GetProperty("check").GetString() is "sessions" or "farm")
            .Select(finding => (finding.GetProperty("level").GetString()!, finding.GetProperty("what").GetString()!))];
    }
}
