using System.CommandLine;
using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Secrets;

/// <summary><c>rowhouse secrets rotate</c>. At each moment, also if it is killed, the key file can read every app's secrets.</summary>
internal sealed class SecretsRotateCommand : SecretsCommand
{
    private readonly Option<bool> _removeOld = new("--remove-old")
    {
        Description = "Takes the older keys out of the key file at the end. Not if secrets elsewhere, in another root or a backup that is needed, were encrypted with them.",
    };

    public SecretsRotateCommand(Terminal terminal)
        : base("rotate", "Makes a new key and encrypts the secrets of all apps with it.", terminal, "rowhouse secrets rotate", "rowhouse secrets rotate --remove-old")
    {
        AddOptions(_removeOld);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var places = AppFolder.List(root).Select(app => PlaceOf(root, app)).Where(place => File.Exists(place.SecretsFile)).ToList();
        var variables = AppConfigPlace.ProcessVariables();
        var keyFile = SecretsKeyFile.Find(variables)?.Path ?? throw ConfigurationErrors.NoSecretsKey(root.Applications, SecretsKeyFile.Places(variables));
        List<SecretsLock> held = [];
        try
        {
            // The key file's first: two that rotate meet there, and nobody else takes more than one.
            foreach (var file in places.Select(place => place.SecretsFile).Prepend(keyFile))
            {
                held.Add(await SecretsLock.TakeAsync(file, cancellationToken));
            }

            return await RotateAsync(SecretsKeyFile.Read(keyFile), places, arguments.GetValue(_removeOld));
        }
        finally
        {
            held.ForEach(taken => taken.Dispose());
        }
    }

    private async Task<int> RotateAsync(SecretsKeyFile keys, List<AppConfigPlace> places, bool removeOld)
    {
        // All are read before anything is written: one that cannot be read keeps the old state.
        var files = places.ConvertAll(place => SecretsFile.Open(place.SecretsFile, place.AppName, keys));
        keys = keys.AddKey();
        await LongWork.WithStepsAsync(Terminal, files.Count, (show, step) =>
        {
            foreach (var (place, file) in places.Zip(files))
            {
                show?.Invoke(place.AppName);
                file.WithKey(keys.Current).Save();
                step?.Invoke();
            }

            return Task.FromResult(0);
        });
        if (removeOld)
        {
            keys = keys.RemoveOldKeys();
        }

        Terminal.Output.WriteLine($"Encrypted the secrets of {Count(files.Count, "app")} with the new key {keys.Current} in {keys.Path}; it holds {Count(keys.Keys.Count, "key")}. Copy it to each server.");
        return ExitCode.Ok;
    }

    private static string Count(int number, string word) => $"{number} {word}{(number == 1 ? "" : "s")}";
}
