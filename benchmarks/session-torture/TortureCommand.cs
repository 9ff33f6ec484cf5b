using System.CommandLine;
using Rowhouse.SessionTorture.Servers;
using Spectre.Console;

namespace Rowhouse.SessionTorture;

/// <summary>The command line.</summary>
internal sealed class TortureCommand
{
    private const int Failed = 1;
    private const int Unusable = 2;

    private readonly Option<string> _backend = new("--backend") { Description = "Where the sessions are kept. Its server, if it has one, is killed and restarted, but for memcached, which keeps nothing.", DefaultValueFactory = _ => "file" };
    private readonly Option<int> _processes = new("--processes") { Description = "Server processes, which are killed and restarted.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _clients = new("--clients") { Description = "Clients, each with one request at a time.", HelpName = "N", DefaultValueFactory = _ => 16 };
    private readonly Option<int> _sessions = new("--sessions") { Description = "Sessions, which all clients share.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<double> _duration = new("--duration") { Description = "For how long.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private readonly Option<int?> _seed = new("--seed") { Description = "What the random choices begin with; else a random one, which is printed.", HelpName = "N" };
    private readonly Option<int?> _least = new("--least") { Description = "How many reads, writes and updates must be acknowledged, of each; else one of each per second, since a run without them shows nothing.", HelpName = "N" };
    private readonly Option<bool> _stock = new("--stock") { Description = "Takes ASP.NET Core's own session instead, on Redis, and kills nothing: it loses updates all the same, and that is found." };

    public TortureCommand()
    {
        _backend.AcceptOnlyFromAmong([.. TortureBackend.Kinds]);
    }

    public async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand(
            "Reads and writes shared sessions from many clients, kills servers and the backend meanwhile, and looks whether every write is there that was acknowledged, meanwhile and in the end. Exits with 1 if one is not.")
        {
            _backend, _processes, _clients, _sessions, _duration, _seed, _least, _stock,
        };
        root.SetAction((parsed, cancellationToken) => TortureAsync(Read(parsed), cancellationToken));
        return await root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> TortureAsync(TortureOptions options, CancellationToken cancellationToken)
    {
        if (options.IsStock && options.Backend != "redis")
        {
            await Console.Error.WriteLineAsync("--stock is for --backend redis.");
            return Unusable;
        }

        try
        {
            var report = await TortureRun.RunAsync(options, cancellationToken);
            report.Write(AnsiConsole.Console);
            return report.IsOk ? 0 : Failed;
        }
        catch (Xunit.Sdk.SkipException e)
        {
            // The fixtures skip a test with the line that says how to install the program.
            await Console.Error.WriteLineAsync(e.Message.Replace("$XunitDynamicSkip$", "", StringComparison.Ordinal));
            return Unusable;
        }
    }

    private TortureOptions Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_backend),
        parsed.GetValue(_processes),
        parsed.GetValue(_clients),
        parsed.GetValue(_sessions),
        TimeSpan.FromSeconds(parsed.GetValue(_duration)),
        parsed.GetValue(_seed) ?? Random.Shared.Next(),
        parsed.GetValue(_least) ?? (int)Math.Ceiling(parsed.GetValue(_duration)),
        parsed.GetValue(_stock));
}
