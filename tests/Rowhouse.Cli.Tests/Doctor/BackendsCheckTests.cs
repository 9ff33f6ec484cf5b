using Rowhouse.Backends;
using Rowhouse.Cli.Doctor;
using Rowhouse.Cli.Doctor.Checks;
using Rowhouse.Configuration;
using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests.Doctor;

public sealed class BackendsCheckTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_backend_that_does_not_answer_is_an_error_that_names_who_wants_it()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.AddApp("shop"), "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appconfig.ini"), "[db]\nuri = postgres://shop:hunter2@127.0.0.1:1/shop?timeout=1s\n", TestContext.Current.CancellationToken);

        var result = await _root.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("shop: db.uri", result.Output, StringComparison.Ordinal);
        Assert.Contains("RH40", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_is_an_error_like_any_other()
    {
        await using var postgres = new PostgresServer();
        var right = new UriBuilder(await postgres.UriAsync());
        var folder = Directory.CreateDirectory(Path.Combine(_root.AddApp("shop"), "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appconfig.ini"), $"[db]\nuri = postgres://app:hunter2@127.0.0.1:{right.Port}/app\n", TestContext.Current.CancellationToken);

        var refused = await _root.RunAsync("doctor", "--json");
        await File.WriteAllTextAsync(Path.Combine(folder, "appconfig.ini"), $"[db]\nuri = {await postgres.UriAsync()}\n", TestContext.Current.CancellationToken);
        var accepted = await _root.RunAsync("doctor");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("28P01", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.Contains("version 1", accepted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_folder_is_not_made_by_looking_and_answers_once_it_is_there()
    {
        var before = await _root.RunAsync("doctor");
        Assert.Contains("file:keys (rowhouse.ini: [keys] uri) is made when it is first used", before.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_root.Root.Data));

        Directory.CreateDirectory(Path.Combine(_root.Root.Data, "keys"));
        Assert.Contains("file:keys (rowhouse.ini: [keys] uri) answers", (await _root.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://h/d", "11.22 (Debian 11.22-1)", true)]
    [InlineData("postgres://h/d", "15.18 (Debian 15.18-0+deb12u1)", false)]
    [InlineData("mysql://h/d", "5.7.44", true)]
    [InlineData("mysql://h/d", "10.4.3-MariaDB-log", true)]
    [InlineData("mysql://h/d", "10.11.19-MariaDB", false)]
    [InlineData("mysql://h/d", "8.4.0", false)]
    [InlineData("redis://h", "5.0.14", true)]
    [InlineData("redis://h", "7.0.15", false)]
    [InlineData("memcached://h", "1.6.9", true)]
    [InlineData("memcached://h", "1.6.18", false)]
    public void A_version_that_is_too_old_is_an_error(string uri, string version, bool isTooOld) =>
        Assert.Equal(isTooOld, Judge(uri, new BackendCheck { Latency = TimeSpan.Zero, Version = version }).Any(finding => finding.Level == FindingLevel.Error));

    [Theory]
    [InlineData(3, true)]
    [InlineData(-3, true)]
    [InlineData(1, false)]
    public void A_clock_that_differs_by_more_than_two_seconds_is_a_warning(int seconds, bool isWrong) =>
        Assert.Equal(isWrong, Judge("postgres://h/d", new BackendCheck { Latency = TimeSpan.Zero, ClockAhead = TimeSpan.FromSeconds(seconds) }).Any(finding => finding.Level == FindingLevel.Warning));

    private static IEnumerable<Finding> Judge(string uri, BackendCheck check) =>
        BackendsCheck.Judge(new ExaminedBackend(ConnectionUri.Parse(uri), "/tmp", "test"), check);
}
