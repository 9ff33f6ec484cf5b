using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Rowhouse.Cli.Config;

/// <summary><c>rowhouse config show</c>: what holds, and where it was written.</summary>
internal sealed class ConfigShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("APP") { Description = "The app." };
    private readonly Option<string?> _environment = EnvironmentOption.Create();
    private readonly Option<bool> _json = JsonOption.Create();

    public ConfigShowCommand(Terminal terminal)
        : base("show", "Prints an app's configuration as it holds, with the source of each value; secrets are masked.", terminal, "rowhouse config show shop", "rowhouse config show shop --environment Production --json")
    {
        Arguments.Add(_name);
        AddOptions(_environment, _json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = AppNames.Get(root, arguments.GetRequiredValue(_name));
        var model = AppPlaces.ReadAll(AppOperations.ReadConfig(root, environment: arguments.GetValue(_environment)), [name], arguments.GetValue(_environment))[0];
        IReadOnlyList<ConfigValueRow> rows = [.. model.Values.Select(value => ConfigValueRow.Of(value, root.Folder))];
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(rows, CliJson.Default.IReadOnlyListConfigValueRow));
        }
        else if (rows.Count == 0)
        {
            Terminal.Error.WriteLine($"'{name}' has no configuration: there is no '{model.Place.FileOf(null, "ini")}' and no variable {model.Place.VariablePrefix}…");
        }
        else
        {
            Terminal.OutputConsole.Write(Tabulate(rows));
        }

        foreach (var problem in model.Problems)
        {
            Terminal.WriteError(problem);
        }

        return Task.FromResult(model.Problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
    }

    private static Table Tabulate(IReadOnlyList<ConfigValueRow> rows)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var header in (string[])["KEY", "VALUE", "FROM"])
        {
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = header != "VALUE", Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(new Text(row.Key), new Text(row.Value.ReplaceLineEndings(" ⏎ "), row.IsSecret ? Color.Grey : Color.Default), new Text(row.Source));
        }

        return table;
    }
}
