using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Torture;

/// <summary>A few seconds of benchmarks/session-torture, which tells by its exit code whether anything was lost.</summary>
public sealed class TortureTests
{
    private const int Lost = 1;
    private const int Missing = 2;

    private static readonly string Program = Path.GetFullPath(
        Path.Combine("..", "..", "Rowhouse.SessionTorture", new DirectoryInfo(AppContext.BaseDirectory).Name, "Rowhouse.SessionTorture.dll"),
        AppContext.BaseDirectory);

    [Theory]
    [InlineData("file", "0")]
    [InlineData("redis", "[1-9]")]
    [InlineData("memcached", "0")]
    public async Task What_was_acknowledged_is_there_after_servers_and_their_backend_were_killed(string backend, string restarts)
    {
        var (code, output) = await TortureAsync("--backend", backend, "--duration", "4");

        Assert.True(code == 0, output);
        Assert.Matches($"servers killed: [1-9][0-9]*; backends killed: {restarts}[0-9]*; wrong answers: 0; torn: 0; lost: 0", output);
    }

    [Fact]
    public async Task The_torture_finds_what_ASP_NET_Cores_own_session_loses()
    {
        var (code, output) = await TortureAsync("--backend", "redis", "--duration", "2", "--stock");

        Assert.True(code == Lost, output);
        Assert.Matches("wrong answers: 0; torn: 0; lost: [1-9]", output);
    }

    [Fact]
    public async Task A_torture_in_which_too_little_was_acknowledged_fails()
    {
        var (code, output) = await TortureAsync("--backend", "file", "--duration", "1", "--least", "1000000");

        Assert.True(code == Lost, output);
        Assert.Matches("Too little to show anything: read [0-9,]+ of 1,000,000", output);
        Assert.Contains("torn: 0; lost: 0", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> TortureAsync(params string[] arguments)
    {
        await using var torture = ChildProcess.StartCommand(["dotnet", Program, "--processes", "2", "--clients", "8", "--sessions", "4", "--seed", "4", .. arguments]);
        var code = await torture.WaitForExitAsync();
        Assert.SkipWhen(code == Missing, torture.Error);
        return (code, torture.Output + torture.Error);
    }
}
