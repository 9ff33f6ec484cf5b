using System.Diagnostics;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Tests.Sessions;

public sealed class SessionsRevokeTests : IAsyncDisposable
{
    private readonly SessionsRoot _root = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    [Fact]
    public async Task A_revoked_session_is_found_no_more_and_the_others_are()
    {
        var store = _root.Open();
        var (revoked, other) = (await SessionsRoot.AddAsync(store), await SessionsRoot.AddAsync(store));

        var revoke = await _root.RunAsync("revoke", "shop", revoked.ToString()[..12]);

        Assert.Equal("Revoked 1 session of shop.\n", revoke.Output);
        Assert.Null(await store.FindAsync(revoked, Cancellation));
        Assert.NotNull(await store.FindAsync(other, Cancellation));
    }

    [Fact]
    public async Task All_sessions_of_a_user_are_revoked_on_every_device()
    {
        var store = _root.Open();
        var bob = await SessionsRoot.AddAsync(store, "bob");
        for (var i = 0; i < 20; i++)
        {
            await SessionsRoot.AddAsync(store, "ann", $"192.0.2.{i}");
        }

        var revoke = await _root.RunAsync("revoke", "shop", "--user", "ann");

        Assert.Equal("Revoked 20 sessions of shop.\n", revoke.Output);
        Assert.Equal([bob], await KeysAsync(store));
    }

    [Fact]
    public async Task Root_leaves_the_files_of_another_user_alone_and_is_told_as_whom_to_come()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give a folder to another user: run this test as root.");
        var store = _root.Open();
        var key = await SessionsRoot.AddAsync(store);
        using (var chown = Process.Start("chown", ["65533", Path.Combine(_root.DataFolder, "sessions")]))
        {
            await chown.WaitForExitAsync(Cancellation);
        }

        var revoke = await _root.RunAsync("revoke", "shop", "--all", "--yes");

        Assert.Equal(1, revoke.ExitCode);
        Assert.Contains("RH3015", revoke.Error, StringComparison.Ordinal);
        Assert.Contains("sudo -u ", revoke.Error, StringComparison.Ordinal);
        Assert.NotNull(await store.FindAsync(key, Cancellation));
    }

    [Fact]
    public async Task One_wrong_key_revokes_nothing()
    {
        var store = _root.Open();
        var key = await SessionsRoot.AddAsync(store);

        var revoke = await _root.RunAsync("revoke", "shop", key.ToString(), "0000000000");

        Assert.Equal(1, revoke.ExitCode);
        Assert.Contains("RH3011", revoke.Error, StringComparison.Ordinal);
        Assert.NotNull(await store.FindAsync(key, Cancellation));
    }

    [Fact]
    public async Task All_needs_a_yes()
    {
        var store = _root.Open();
        await SessionsRoot.AddAsync(store);

        var silent = await _root.RunAsync("revoke", "shop", "--all");
        var no = await _root.RunAsync("n\n", ["revoke", "shop", "--all"]);
        Assert.Equal((2, 1), (silent.ExitCode, no.ExitCode));
        Assert.Contains("--yes", silent.Error, StringComparison.Ordinal);
        Assert.Single(await KeysAsync(store));

        var yes = await _root.RunAsync("revoke", "shop", "--all", "--yes");
        Assert.Equal((0, "Revoked 1 session of shop.\n"), (yes.ExitCode, yes.Output));
        Assert.Empty(await KeysAsync(store));
    }

    [Theory]
    [InlineData("revoke", "shop")]
    [InlineData("revoke", "shop", "0123456789", "--user", "ann")]
    [InlineData("revoke", "shop", "--all", "--yes", "--older", "1h")]
    public async Task Whom_to_revoke_must_be_said_in_one_way(params string[] args)
    {
        var revoke = await _root.RunAsync(args);

        Assert.Equal(2, revoke.ExitCode);
        Assert.Contains("--all", revoke.Error, StringComparison.Ordinal);
    }

    private static ValueTask<List<SessionKey>> KeysAsync(SessionStore store) => store.ListAsync(Cancellation).Select(session => session.Key).ToListAsync(Cancellation);
}
