using System.CommandLine;
using System.Text.Json;
using Rowhouse.Hosting;
using Spectre.Console;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps list</c>.</summary>
internal sealed class AppsListCommand : CliCommand
{
    private readonly Option<bool> _json = JsonOption.Create();

    public AppsListCommand(Terminal terminal)
        : base("list", "Shows the apps and what they are doing.", terminal, "rowhouse apps list", "rowhouse apps list --json | jq -r '.[] | select(.state == \"failed\") | .name'")
    {
        AddOptions(_json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var apps = await new ManagementClient(root).FindAppsAsync(cancellationToken) ?? [.. AppFolder.List(root).Select(name => LookAt(root, name))];
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(apps, CliJson.Default.IReadOnlyListAppStatus));
        }
        else if (apps.Count == 0)
        {
            Terminal.Error.WriteLine($"No apps in '{root.Applications}'. Make one: rowhouse new NAME");
        }
        else
        {
            Terminal.OutputConsole.Write(Tabulate(apps));
        }

        return ExitCode.Ok;
    }

    private static AppStatus LookAt(ServerRoot root, string name)
    {
        var path = Path.Combine(root.Applications, name);
        var isDisabled = File.Exists(Path.Combine(path, AppFolder.DisabledFile));
        return new AppStatus
        {
            Name = name,
            Kind = AppFolder.FindKind(path),
            State = isDisabled ? AppState.Disabled : AppState.Stopped,
            Routes = ["/" + name],
        };
    }

    private static Table Tabulate(IReadOnlyList<AppStatus> apps)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var header in (string[])["NAME", "STATE", "KIND", "AT", "REASON"])
        {
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = header != "REASON", Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var app in apps)
        {
            table.AddRow(
                new Text(app.Name),
                new Text(app.State.ToString().ToLowerInvariant(), ColorOf(app.State)),
                new Text(app.Kind?.ToString().ToLowerInvariant() ?? "-"),
                new Text(string.Join(", ", app.Routes)),
                new Text(app.Reason ?? ""));
        }

        return table;
    }

    private static Color ColorOf(AppState state) => state switch
    {
        AppState.Running => Color.Green,
        AppState.Failed => Color.Red,
        AppState.Starting => Color.Yellow,
        _ => Color.Grey,
    };
}
