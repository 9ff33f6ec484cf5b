using System.Globalization;
using Rowhouse.SessionTorture.Clients;
using Rowhouse.SessionTorture.Servers;
using Spectre.Console;

namespace Rowhouse.SessionTorture;

/// <summary>What came of it.</summary>
internal sealed class TortureReport
{
    private const int Shown = 20;

    private readonly TortureOptions _options;
    private readonly Tally _tally;
    private readonly Chaos _chaos;

    public TortureReport(TortureOptions options, Tally tally, Chaos chaos)
    {
        _options = options;
        _tally = tally;
        _chaos = chaos;
    }

    /// <summary>Whether nothing was lost, and there was enough to lose.</summary>
    public bool IsOk => _tally.Faults.Count == 0 && Shortfalls.Count == 0;

    private IReadOnlyList<string> Shortfalls =>
    [
        .. Tally.Kinds.Where(kind => _tally.Sum(kind, Outcome.Acknowledged) < _options.Least).Select(kind =>
            string.Create(CultureInfo.InvariantCulture, $"Too little to show anything: {kind} {_tally.Sum(kind, Outcome.Acknowledged):N0} of {_options.Least:N0}")),
    ];

    public void Write(IAnsiConsole console)
    {
        var table = new Table { Title = new TableTitle(string.Create(CultureInfo.InvariantCulture, $"{(_options.IsStock ? "stock sessions" : "sessions")} on {_options.Backend}, {_options.Processes} processes, {_options.Clients} clients, {_options.Sessions} sessions, {_options.Duration.TotalSeconds:0.#} s, seed {_options.Seed}")) };
        table.AddColumns("requests", "acknowledged", "not answered", "not sent");
        foreach (var kind in Tally.Kinds)
        {
            table.AddRow(kind, Text(_tally.Sum(kind, Outcome.Acknowledged)), Text(_tally.Sum(kind, Outcome.Doubtful)), Text(_tally.Sum(kind, Outcome.NotSent)));
        }

        console.Write(table);
        List(console, _tally.Faults);
        List(console, Shortfalls);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"servers killed: {_chaos.KilledNodes}; backends killed: {_chaos.KilledBackends}; wrong answers: {_tally.Sum(Fault.WrongAnswer)}; torn: {_tally.Sum(Fault.Torn)}; lost: {_tally.Sum(Fault.Lost)}"));
    }

    private static void List(IAnsiConsole console, IReadOnlyCollection<string> lines)
    {
        foreach (var line in lines.Take(Shown))
        {
            console.WriteLine(line);
        }

        if (lines.Count > Shown)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... and {lines.Count - Shown:N0} more"));
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
