using System.CommandLine;
using System.Text.Json;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Config;

/// <summary><c>rowhouse config check</c>: every error of every configuration file at once.</summary>
internal sealed class ConfigCheckCommand : CliCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "The apps. Default: all.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _environment = EnvironmentOption.Create();
    private readonly Option<bool> _json = JsonOption.Create();

    public ConfigCheckCommand(Terminal terminal)
        : base("check", "Reads rowhouse.ini and the apps' configurations and prints every error.", terminal, "rowhouse config check", "rowhouse config check shop --environment Production")
    {
        Arguments.Add(_names);
        AddOptions(_environment, _json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var names = AppNames.GetAll(root, arguments.GetValue(_names) ?? []);
        var (config, fault) = Read(root, arguments.GetValue(_environment));
        var results = AppPlaces.ReadAll(config, names, arguments.GetValue(_environment)).Select(ConfigCheckResult.Of).ToList();
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize<IReadOnlyList<ConfigCheckResult>>(results, CliJson.Default.IReadOnlyListConfigCheckResult));
        }
        else
        {
            Print(root, results);
        }

        if (fault is not null)
        {
            Terminal.WriteError($"{fault.Code}: {fault.Message}");
        }

        return Task.FromResult(fault is null && results.TrueForAll(result => result.Succeeded) ? ExitCode.Ok : ExitCode.Failed);
    }

    // A broken rowhouse.ini must not hide what is wrong with the apps.
    private static (ServerConfig Config, RowhouseException? Fault) Read(ServerRoot root, string? environment)
    {
        try
        {
            return (AppOperations.ReadConfig(root, environment: environment), null);
        }
        catch (RowhouseException fault) when (fault.Code == "RH2001")
        {
            return (new ServerConfig { Root = root }, fault);
        }
    }

    private void Print(ServerRoot root, List<ConfigCheckResult> results)
    {
        if (results.Count == 0)
        {
            Terminal.Error.WriteLine($"No apps in '{root.Applications}'. Make one: rowhouse new NAME");
        }

        foreach (var result in results)
        {
            var count = result.Problems.Count;
            Terminal.Output.WriteLine($"{result.App}: {(count == 0 ? "ok" : count == 1 ? "1 error" : $"{count} errors")}");
            foreach (var line in result.Problems.Concat(result.Warnings.Select(warning => $"warning: {warning}")))
            {
                Terminal.Output.WriteLine($"  {line}");
            }
        }
    }
}
