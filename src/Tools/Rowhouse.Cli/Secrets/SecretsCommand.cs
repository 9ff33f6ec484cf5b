using Rowhouse.Cli.Config;
using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Secrets;

/// <summary>What the commands that read or write <c>secrets.enc</c> have in common.</summary>
internal abstract class SecretsCommand : CliCommand
{
    protected SecretsCommand(string name, string description, Terminal terminal, params string[] examples)
        : base(name, description, terminal, examples)
    {
    }

    protected static AppConfigPlace PlaceOf(ServerRoot root, string app) =>
        AppPlaces.Of(new ServerConfig { Root = root }, AppNames.Get(root, app));

    /// <summary>The key file; the first secret of all makes one.</summary>
    protected SecretsKeyFile GetKeys(AppConfigPlace place)
    {
        // In this order: the key is made before the first file is written with it.
        var isThere = File.Exists(place.SecretsFile);
        if (SecretsKeyFile.Find(place.Variables) is { } keys)
        {
            return keys;
        }

        if (isThere)
        {
            throw ConfigurationErrors.NoSecretsKey(place.SecretsFile, SecretsKeyFile.Places(place.Variables));
        }

        var path = SecretsKeyFile.Places(place.Variables)[^1];
        try
        {
            keys = SecretsKeyFile.Create(path);
        }
        catch (RowhouseException) when (File.Exists(path))
        {
            // Another command made it just now.
            return SecretsKeyFile.Read(path);
        }

        Terminal.Error.WriteLine($"Made the key file '{path}'. Keep a copy in a safe place: without it the secrets cannot be read, and with it they can.");
        return keys;
    }
}
