using System.CommandLine;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets edit</c>: all secrets of an app in an editor. The plain text lies in memory (tmpfs) where there is such a place.</summary>
internal sealed class SecretsEditCommand : SecretsCommand
{
    private readonly Argument<string> _app = new("APP") { Description = "The app." };

    public SecretsEditCommand(Terminal terminal)
        : base("edit", "Opens an app's secrets in your editor ($VISUAL, $EDITOR or vi) and encrypts what you save.", terminal, "rowhouse secrets edit shop")
    {
        Arguments.Add(_app);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = PlaceOf(FindRoot(arguments), arguments.GetRequiredValue(_app));
        var file = SecretsFile.Open(place.SecretsFile, place.AppName, GetKeys(place));
        var before = file.Names.ToDictionary(name => name, name => file.Find(name)!, StringComparer.Ordinal);
        var text = $"# The secrets of {place.AppName}: NAME = TEXT, one in a line. A text with line ends: \"as a\\nJSON string\".\n{SecretsText.Print(before)}";
        var after = await new SecretsEditor(Terminal, SecretsEditor.FindProgram()).EditAsync(text, cancellationToken);
        if (before.Count == after.Count && before.All(secret => after.GetValueOrDefault(secret.Key) == secret.Value))
        {
            Terminal.Output.WriteLine("Nothing was changed.");
            return ExitCode.Ok;
        }

        using var held = await SecretsLock.TakeAsync(place.SecretsFile, cancellationToken);
        var count = Save(place, before, after);
        Terminal.Output.WriteLine($"{place.SecretsFile} holds {count} {(count == 1 ? "secret" : "secrets")}.");
        return ExitCode.Ok;
    }

    // The file is read again: an editor is open for minutes, and others set secrets meanwhile. Those that stay as they are keep their lines,
    // so that a diff shows what was changed.
    private static int Save(AppConfigPlace place, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var file = SecretsFile.Open(place);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (old, changed) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (changed == old || file.Find(name) is var now && now == changed)
            {
                continue;
            }

            if (now != old)
            {
                throw ConfigurationErrors.SecretChangedMeanwhile(place.SecretsFile, name);
            }

            if (changed is null)
            {
                file.Remove(name);
            }
            else
            {
                file.Set(name, changed);
            }
        }

        file.Save();
        return file.Names.Count;
    }
}
