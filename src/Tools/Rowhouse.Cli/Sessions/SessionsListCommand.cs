using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rowhouse.Configuration;
using Rowhouse.Sessions;
using Spectre.Console;

namespace Rowhouse.Cli.Sessions;

/// <summary><c>rowhouse sessions list</c>: who has a session, those first that were alive last.</summary>
internal sealed class SessionsListCommand : SessionsCommand
{
    private const int DefaultLimit = 100;

    // Enough to tell a million sessions apart.
    private const int ShownDigits = 12;

    private readonly SessionFilter _filter = new();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The most that are shown; 0 shows all.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultLimit,
    };

    public SessionsListCommand(Terminal terminal)
        : base("list", "Shows an app's sessions, the last that was alive first.", terminal, "rowhouse sessions list shop", "rowhouse sessions list shop --user ann --older 12h --json")
    {
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--limit cannot be negative.");
            }
        });
        AddOptions([.. _filter.Options, _limit, _json]);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = FindPlace(arguments);
        await using var sessions = OpenedSessions.Open(place, place.Uri);
        var limit = arguments.GetValue(_limit) is > 0 and var most ? most : int.MaxValue;
        var (rows, count) = await TakeLatestAsync(_filter.Choose(sessions.Store, arguments, TimeProvider.System, cancellationToken), limit, cancellationToken);
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(rows, CliJson.Default.IReadOnlyListSessionRow));
        }
        else if (count == 0)
        {
            Terminal.Error.WriteLine($"No such sessions of '{place.App}' in {sessions.Uri}.");
        }
        else
        {
            Terminal.OutputConsole.Write(Tabulate(rows, TimeProvider.System.GetUtcNow()));
        }

        if (rows.Count < count)
        {
            Terminal.Error.WriteLine($"{rows.Count} of {Count(count, "session")}; --limit 0 shows all.");
        }

        return ExitCode.Ok;
    }

    // Of a million sessions only those are kept that are shown.
    private static async Task<(IReadOnlyList<SessionRow> Rows, int Count)> TakeLatestAsync(IAsyncEnumerable<StoredSession> sessions, int limit, CancellationToken cancellationToken)
    {
        var latest = new PriorityQueue<SessionRow, DateTimeOffset>();
        var count = 0;
        await foreach (var session in sessions.WithCancellation(cancellationToken))
        {
            count++;
            latest.Enqueue(SessionRow.Of(session), session.Modified);
            if (latest.Count > limit)
            {
                latest.Dequeue();
            }
        }

        var rows = new SessionRow[latest.Count];
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = latest.Dequeue();
        }

        return (rows, count);
    }

    private static Table Tabulate(IReadOnlyList<SessionRow> rows, DateTimeOffset now)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var header in (string[])["KEY", "USER", "ADDRESS", "CREATED", "ALIVE", "ENDS", "VALUES", "SIZE"])
        {
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Key[..ShownDigits]),
                new Text(row.User ?? "-"),
                new Text(row.Address ?? "-"),
                new Text(row.Created.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)),
                new Text($"{Round(now - row.Modified)} ago"),
                new Text($"in {Round(row.Expires - now)}"),
                new Text(row.Values.ToString(CultureInfo.InvariantCulture)),
                new Text(ByteSize.Describe(row.Bytes)));
        }

        return table;
    }

    // The largest unit that fits says enough.
    private static string Round(TimeSpan time)
    {
        var unit = time.TotalDays >= 2 ? TimeSpan.FromDays(1) : time.TotalHours >= 2 ? TimeSpan.FromHours(1) : time.TotalMinutes >= 2 ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        return time <= TimeSpan.Zero ? "0s" : time < unit ? "1s" : DurationText.Print(new TimeSpan(time.Ticks - (time.Ticks % unit.Ticks)));
    }
}
