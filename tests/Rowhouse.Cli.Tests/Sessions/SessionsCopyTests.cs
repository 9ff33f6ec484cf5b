using System.Text.Json;
using Rowhouse.Sessions;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests.Sessions;

public sealed class SessionsCopyTests : IAsyncDisposable
{
    private const string Password = "hunter2/ü";

    private readonly RedisServer _redis = new();
    private readonly SessionsRoot _root = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Redis => $"redis://127.0.0.1:{_redis.Port}/0?prefix=row:";

    public async ValueTask DisposeAsync()
    {
        await _root.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Sessions_are_the_same_in_the_new_place_and_another_run_brings_only_what_is_new()
    {
        await _redis.StartedAsync();
        var (files, redis) = (_root.Open(), _root.Open(Redis));
        var first = await SessionsRoot.AddAsync(files, "ann", "192.0.2.1", TimeSpan.FromMinutes(5), hasOwnTimeout: true);
        await SessionsRoot.AddAsync(files, "bob");

        var copy = await _root.RunAsync("copy", "shop", "--to", Redis);
        Assert.Equal((0, $"file:sessions → {Redis}: 2 copied, 0 skipped, 0 failed.\n"), (copy.ExitCode, copy.Output));
        AssertSame(await files.FindAsync(first, Cancellation), await redis.FindAsync(first, Cancellation));

        await files.CommitAsync(first, Change("later"), null, Cancellation);
        var again = await _root.RunAsync("copy", "shop", "--to", Redis, "--json");
        Assert.Equal([1, 1, 0], Counts(again));
        AssertSame(await files.FindAsync(first, Cancellation), await redis.FindAsync(first, Cancellation));
    }

    [Fact]
    public async Task What_was_written_in_the_new_place_meanwhile_is_not_overwritten()
    {
        await _redis.StartedAsync();
        var (files, redis) = (_root.Open(), _root.Open(Redis));
        var key = await SessionsRoot.AddAsync(files, "ann", age: TimeSpan.FromMinutes(5));
        await _root.RunAsync("copy", "shop", "--to", Redis);
        await redis.CommitAsync(key, Change("new place"), null, Cancellation);

        _root.Configure($"[session]\nuri = {Redis}\n");
        var again = await _root.RunAsync("copy", "shop", "--from", "file:sessions", "--json");

        Assert.Equal([0, 1, 0], Counts(again));
        Assert.Equal("new place"u8.ToArray(), (await redis.FindAsync(key, Cancellation))!.Values["cart"]);
    }

    [Fact]
    public async Task A_uri_may_name_a_secret_and_no_password_is_shown()
    {
        await using var server = new RedisServer();
        await server.StartedAsync();
        Assert.Equal("+OK", await server.SendAsync($"CONFIG SET requirepass {Password}"));
        await File.WriteAllTextAsync(Path.Combine(_root.Folder, "password"), Password, Cancellation);
        File.SetUnixFileMode(Path.Combine(_root.Folder, "password"), UnixFileMode.UserRead);
        await SessionsRoot.AddAsync(_root.Open());
        var address = $"@127.0.0.1:{server.Port}/0";

        var copy = await _root.RunAsync("copy", "shop", "--to", $"redis://:{{secret:{_root.Folder}/password}}{address}");
        var wrong = await _root.RunAsync("copy", "shop", "--to", $"redis://:{{secret:NOT_THERE}}{address}");

        Assert.Equal((0, $"file:sessions → redis://:***{address}: 1 copied, 0 skipped, 0 failed.\n"), (copy.ExitCode, copy.Output));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("NOT_THERE", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_is_not_copied_onto_itself()
    {
        var copy = await _root.RunAsync("copy", "shop", "--to", "file:sessions");

        Assert.Equal(1, copy.ExitCode);
        Assert.Contains("RH3014", copy.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_place_that_is_down_ends_the_copy_with_an_error()
    {
        await SessionsRoot.AddAsync(_root.Open());

        var copy = await _root.RunAsync("copy", "shop", "--to", "redis://127.0.0.1:1/0?timeout=1s&command-timeout=1s");

        Assert.Equal(1, copy.ExitCode);
        Assert.Matches("RH400[234]", copy.Error);
        Assert.Contains("0 copied, 0 skipped, 0 failed", copy.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_new_place_does_not_take_is_told_and_the_others_are_copied()
    {
        await using var memcached = new MemcachedServer();
        await memcached.StartedAsync();
        var files = _root.Open();
        var large = await SessionsRoot.AddAsync(files, value: new string('x', 1024 * 1024));
        var small = await SessionsRoot.AddAsync(files);

        var to = $"memcached://127.0.0.1:{memcached.Port}";
        var copy = await _root.RunAsync("copy", "shop", "--to", to);

        Assert.Equal(1, copy.ExitCode);
        Assert.Contains("1 copied, 0 skipped, 1 failed", copy.Output, StringComparison.Ordinal);
        Assert.Contains($"{large}: RH5040", copy.Error, StringComparison.Ordinal);
        Assert.NotNull(await _root.Open(to).FindAsync(small, Cancellation));
    }

    private static SessionChange Change(string value) => new()
    {
        Values = new Dictionary<string, byte[]?> { ["cart"] = System.Text.Encoding.UTF8.GetBytes(value) },
        Modified = SessionsRoot.Now,
        Expires = SessionsRoot.Now + TimeSpan.FromDays(2),
        IdleTimeout = TimeSpan.FromDays(2),
    };

    private static List<int> Counts(CliResult copy)
    {
        var counts = JsonDocument.Parse(copy.Output).RootElement;
        return [counts.GetProperty("copied").GetInt32(), counts.GetProperty("skipped").GetInt32(), counts.GetProperty("failed").GetInt32()];
    }

    private static void AssertSame(StoredSession? expected, StoredSession? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        Assert.Equal(
            (expected.Created, expected.Modified, expected.Expires, expected.End, expected.IdleTimeout, expected.HasOwnTimeout, expected.User, expected.ClientAddress),
            (actual.Created, actual.Modified, actual.Expires, actual.End, actual.IdleTimeout, actual.HasOwnTimeout, actual.User, actual.ClientAddress));
        Assert.Equal(expected.Values.OrderBy(value => value.Key, StringComparer.Ordinal), actual.Values.OrderBy(value => value.Key, StringComparer.Ordinal));
    }
}
