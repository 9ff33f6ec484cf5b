using System.CommandLine;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets remove</c>.</summary>
internal sealed class SecretsRemoveCommand : SecretsCommand
{
    private readonly Argument<string> _app = new("APP") { Description = "The app." };
    private readonly Argument<string> _name = new("NAME") { Description = "The secret." };

    public SecretsRemoveCommand(Terminal terminal)
        : base("remove", "Takes a secret out of private/secrets.enc.", terminal, "rowhouse secrets remove shop db-password")
    {
        Arguments.Add(_app);
        Arguments.Add(_name);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = PlaceOf(FindRoot(arguments), arguments.GetRequiredValue(_app));
        var name = arguments.GetRequiredValue(_name);
        var names = SecretsFile.ReadNames(place.SecretsFile);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw CliErrors.NoSuchSecret(name, place.SecretsFile, CloseMatches.Find(name, names));
        }

        using var held = await SecretsLock.TakeAsync(place.SecretsFile, cancellationToken);
        var file = SecretsFile.Open(place);
        file.Remove(name);
        file.Save();
        Terminal.Output.WriteLine($"Removed '{name}' from {place.SecretsFile}.");
        return ExitCode.Ok;
    }
}
