using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Rowhouse.Cli.Sessions;

/// <summary><c>rowhouse sessions show</c>.</summary>
internal sealed class SessionsShowCommand : SessionsCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "The session: its key, or the first 8 digits or more if no other begins with them." };
    private readonly Option<bool> _values = new("--values") { Description = "Shows the values too, which may be secret. Without it only their names and sizes are shown." };
    private readonly Option<bool> _json = JsonOption.Create();

    public SessionsShowCommand(Terminal terminal)
        : base("show", "Shows one session; its values only if asked.", terminal, "rowhouse sessions show shop 9f86d081884c", "rowhouse sessions show shop 9f86d081884c --values --json")
    {
        Arguments.Add(_key);
        AddOptions(_values, _json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = FindPlace(arguments);
        await using var sessions = OpenedSessions.Open(place, place.Uri);
        var session = await SessionKeys.GetAsync(sessions, place.App, arguments.GetRequiredValue(_key), cancellationToken);
        var details = SessionDetails.Of(session, arguments.GetValue(_values));
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(details, CliJson.Default.SessionDetails));
        }
        else
        {
            Terminal.OutputConsole.Write(Describe(details));
            Terminal.Output.WriteLine();
            Terminal.OutputConsole.Write(Tabulate(details.Values));
        }

        return ExitCode.Ok;
    }

    private static Table Describe(SessionDetails details)
    {
        var table = Columns("", "");
        table.ShowHeaders = false;
        foreach (var (name, value) in ((string, string)[])
        [
            ("key", details.Key),
            ("user", details.User ?? "-"),
            ("address", details.Address ?? "-"),
            ("created", Print(details.Created)),
            ("modified", Print(details.Modified)),
            ("expires", Print(details.Expires)),
            ("end", details.End is { } end ? Print(end) : "-"),
            ("idle", details.Idle + (details.HasOwnTimeout ? " (its own)" : "")),
        ])
        {
            table.AddRow(new Text(name, Color.Grey), new Text(value));
        }

        return table;
    }

    private static Table Tabulate(IReadOnlyList<SessionValue> values)
    {
        var table = Columns("NAME", "SIZE", "VALUE");
        foreach (var value in values)
        {
            table.AddRow(new Text(value.Name), new Text(ByteSize.Describe(value.Bytes)), new Text(value.Shown.ReplaceLineEndings(" ⏎ ")));
        }

        return table;
    }

    private static Table Columns(params string[] headers)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = header != "VALUE", Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    private static string Print(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
