using System.CommandLine;
using System.Diagnostics;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets edit</c>: all secrets of an app in an editor. The plain text lies in memory (tmpfs) where there is such a place.</summary>
internal sealed class SecretsEditCommand : SecretsCommand
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] EditorVariables = ["VISUAL", "EDITOR"];

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
        var after = SecretsText.Parse(await EditAsync(text, cancellationToken));
        if (before.Count == after.Count && before.All(secret => after.GetValueOrDefault(secret.Key) == secret.Value))
        {
            Terminal.Output.WriteLine("Nothing was changed.");
            return ExitCode.Ok;
        }

        foreach (var name in before.Keys.Except(after.Keys, StringComparer.Ordinal))
        {
            file.Remove(name);
        }

        // Those that stay as they are keep their lines, so that a diff shows what was changed.
        foreach (var (name, secret) in after.Where(secret => before.GetValueOrDefault(secret.Key) != secret.Value))
        {
            file.Set(name, secret);
        }

        file.Save();
        Terminal.Output.WriteLine($"{place.SecretsFile} holds {after.Count} {(after.Count == 1 ? "secret" : "secrets")}.");
        return ExitCode.Ok;
    }

    private static async Task<string> EditAsync(string text, CancellationToken cancellationToken)
    {
        var folder = new[] { Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/dev/shm" }.FirstOrDefault(Directory.Exists) ?? Path.GetTempPath();
        var path = Path.Combine(folder, $"rowhouse-secrets-{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OnlyOwner;
            }

            await using (var writer = new StreamWriter(path, options))
            {
                await writer.WriteAsync(text);
            }

            await RunEditorAsync(path, cancellationToken);
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task RunEditorAsync(string path, CancellationToken cancellationToken)
    {
        var editor = EditorVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? "vi";

        // $EDITOR may have arguments ("code --wait"), so it is the shell's to read, as git does it.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{editor} \"$@\"", editor, path]) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw CliErrors.EditorFailed(editor, process.ExitCode);
        }
    }
}
