using System.CommandLine;
using System.Text.Json;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets list</c>: names only; no key is needed for it.</summary>
internal sealed class SecretsListCommand : SecretsCommand
{
    private readonly Argument<string> _app = new("APP") { Description = "The app." };
    private readonly Option<bool> _json = JsonOption.Create();

    public SecretsListCommand(Terminal terminal)
        : base("list", "Prints the names of an app's secrets.", terminal, "rowhouse secrets list shop")
    {
        Arguments.Add(_app);
        AddOptions(_json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = PlaceOf(FindRoot(arguments), arguments.GetRequiredValue(_app));
        var names = SecretsFile.ReadNames(place.SecretsFile);
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(names, CliJson.Default.IReadOnlyListString));
        }
        else if (names.Count == 0)
        {
            Terminal.Error.WriteLine($"'{place.AppName}' has no secrets. Put one in: rowhouse secrets set {place.AppName} NAME");
        }
        else
        {
            foreach (var name in names)
            {
                Terminal.Output.WriteLine(name);
            }
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
