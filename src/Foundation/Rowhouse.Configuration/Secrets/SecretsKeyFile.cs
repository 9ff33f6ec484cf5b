namespace Rowhouse.Configuration;

/// <summary>
/// The file with the keys of <c>secrets.enc</c>, one in a line, outside of everything that is deployed or kept under version control.
/// New secrets are encrypted with the first; the others only read, until every file is written with the first.
/// </summary>
internal sealed class SecretsKeyFile
{
    public const string Variable = "ROWHOUSE_SECRETS_KEY";

    private const int MaxLength = 64 * 1024;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode AnybodyElse = ~(OnlyOwner | UnixFileMode.UserExecute);

    private SecretsKeyFile(string path, IReadOnlyList<SecretsKey> keys)
    {
        Path = path;
        Keys = keys;
    }

    public string Path { get; }

    public IReadOnlyList<SecretsKey> Keys { get; }

    public SecretsKey Current => Keys[0];

    /// <summary>Where the file is looked for, in this order.</summary>
    public static IReadOnlyList<string> Places(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.GetValueOrDefault(Variable) is { Length: > 0 } named)
        {
            return [named];
        }

        List<string> places = [];
        if (variables.GetValueOrDefault("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials)
        {
            places.Add(System.IO.Path.Combine(credentials, "rowhouse-secrets-key"));
        }

        places.Add("/etc/rowhouse/secrets.key");
        if (variables.GetValueOrDefault("HOME") is { Length: > 0 } home)
        {
            places.Add(System.IO.Path.Combine(home, ".config", "rowhouse", "secrets.key"));
        }

        return places;
    }

    /// <summary>The first file that is there, read; null if there is none.</summary>
    /// <exception cref="RowhouseException">RH2205: it cannot be used.</exception>
    public static SecretsKeyFile? Find(IReadOnlyDictionary<string, string> variables) =>
        Places(variables).FirstOrDefault(File.Exists) is { } path ? Read(path) : null;

    /// <summary>Reads a key file.</summary>
    /// <exception cref="RowhouseException">RH2205: it cannot be read, others can read it, or it holds no key.</exception>
    public static SecretsKeyFile Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            CheckMode(path, stream);
            var text = stream.Length <= MaxLength ? new StreamReader(stream).ReadToEnd() : throw ConfigurationErrors.BadSecretsKey(path, "it is too long to be a key file");
            var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'));
            SecretsKey[] keys = [.. lines.Select(line => SecretsKey.Find(line) ?? throw ConfigurationErrors.BadSecretsKey(path, "a line of it is not 32 bytes in base64"))];
            return keys.Length > 0 ? new SecretsKeyFile(path, keys) : throw ConfigurationErrors.BadSecretsKey(path, "it holds no key");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationErrors.BadSecretsKey(path, e.Message, e);
        }
    }

    /// <summary>Makes a file with one new key, which only its owner can read.</summary>
    /// <exception cref="RowhouseException">RH2205: there is a file already, or it cannot be written.</exception>
    public static SecretsKeyFile Create(string path)
    {
        if (File.Exists(path))
        {
            throw ConfigurationErrors.BadSecretsKey(path, "it exists already, and what was encrypted with it could not be read any more");
        }

        return new SecretsKeyFile(path, [SecretsKey.Create()]).Write(overwrite: false);
    }

    /// <summary>Puts a new key before the others, so that it encrypts from now on and they still read.</summary>
    public SecretsKeyFile AddKey() => new SecretsKeyFile(Path, [SecretsKey.Create(), .. Keys]).Write();

    /// <summary>Leaves only the current key. Do it once every <c>secrets.enc</c> is written with it.</summary>
    public SecretsKeyFile RemoveOldKeys() => new SecretsKeyFile(Path, [Current]).Write();

    // A credential of systemd is guarded by its folder; its own mode is 0440 where the unit has a user of its own.
    private static void CheckMode(string path, FileStream stream)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var isCredential = path.StartsWith("/run/", StringComparison.Ordinal);
        var mode = File.GetUnixFileMode(stream.SafeFileHandle);
        if ((mode & (isCredential ? UnixFileMode.OtherRead | UnixFileMode.OtherWrite : AnybodyElse)) != 0)
        {
            throw ConfigurationErrors.BadSecretsKey(path, $"others than its owner may use it (mode {Convert.ToString((int)mode, 8)}); run: chmod 600 '{path}', and rotate the key if they could have read it");
        }
    }

    private SecretsKeyFile Write(bool overwrite = true)
    {
        var lines = Keys.Select(key => key.ToSecretString());
        try
        {
            ReplacedFile.Write(Path, $"# Keys of Rowhouse's secrets. Keep a copy in a safe place, never beside the app.\n{string.Join('\n', lines)}\n", OnlyOwner, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationErrors.BadSecretsKey(Path, e.Message, e);
        }

        return this;
    }
}
