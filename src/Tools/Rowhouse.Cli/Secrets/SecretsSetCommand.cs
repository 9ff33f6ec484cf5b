using System.CommandLine;
using System.Security.Cryptography;
using Rowhouse.Configuration;
using Spectre.Console;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets set</c>. The secret never comes by the command line, which every user of the machine can read.</summary>
internal sealed class SecretsSetCommand : SecretsCommand
{
    // 256 bits.
    private const int GeneratedBytes = 32;

    private readonly Argument<string> _app = new("APP") { Description = "The app." };
    private readonly Argument<string> _name = new("NAME") { Description = "The name, by which the configuration asks for it: secret:NAME." };
    private readonly Option<bool> _generate = new("--generate") { Description = "Makes a random secret of 256 bits and does not show it." };

    public SecretsSetCommand(Terminal terminal)
        : base(
            "set",
            "Puts a secret into private/secrets.enc. It is asked for, or read from standard input.",
            terminal,
            "rowhouse secrets set shop db-password",
            "rowhouse secrets set shop db-password < password.txt",
            "rowhouse secrets set shop signing-key --generate")
    {
        Arguments.Add(_app);
        Arguments.Add(_name);
        AddOptions(_generate);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = PlaceOf(FindRoot(arguments), arguments.GetRequiredValue(_app));
        var name = arguments.GetRequiredValue(_name);
        GetKeys(place);
        var secret = arguments.GetValue(_generate) ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes)) : await ReadSecretAsync(name, cancellationToken);
        using var held = await SecretsLock.TakeAsync(place.SecretsFile, cancellationToken);
        var file = SecretsFile.Open(place);
        var isNew = file.Find(name) is null;
        file.Set(name, secret);
        file.Save();
        Terminal.Output.WriteLine($"{(isNew ? "Put" : "Changed")} '{name}' in {place.SecretsFile}. Use it in the configuration as secret:{name}");
        return ExitCode.Ok;
    }

    private async Task<string> ReadSecretAsync(string name, CancellationToken cancellationToken)
    {
        if (Terminal.CanAsk)
        {
            return await Terminal.ErrorConsole.PromptAsync(new TextPrompt<string>($"{Markup.Escape(name)}:").Secret(null), cancellationToken);
        }

        // `echo` and editors put a line end behind it.
        var text = await Terminal.Input.ReadToEndAsync(cancellationToken);
        text = text.EndsWith('\n') ? text[..^1] : text;
        return text.EndsWith('\r') ? text[..^1] : text;
    }
}
