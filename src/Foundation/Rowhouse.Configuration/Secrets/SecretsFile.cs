using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>
/// <c>private/secrets.enc</c>: an app's secrets, each encrypted by itself (AES-256-GCM), so that the file can be kept under version control
/// and a changed secret is a changed line. Each is bound to the app and its name: a line cannot be moved to another name or file.
/// </summary>
internal sealed class SecretsFile
{
    private const string Magic = "rowhouse-secrets";
    private const int Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // As of a secret in a file of its own; 1000 of them are more than any app has.
    private const int MaxSecretBytes = 64 * 1024;
    private const int MaxFileBytes = 16 * 1024 * 1024;

    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly string _path;
    private readonly string _app;
    private readonly SecretsKey _key;
    private readonly SortedDictionary<string, string> _lines = new(StringComparer.Ordinal);

    private SecretsFile(string path, string app, SecretsKey key)
    {
        _path = path;
        _app = app;
        _key = key;
    }

    /// <summary>The names of the secrets.</summary>
    public IReadOnlyCollection<string> Names => _lines.Keys;

    /// <summary>The key that the file is, or will be, written with.</summary>
    public string KeyId => _key.Id;

    /// <summary>Reads the file of an app, with the key that is found by the environment; without a file it is empty.</summary>
    /// <exception cref="RowhouseException">RH2204: there is no key; RH2205: the key file cannot be used; RH2206: the file cannot be read, or not with this key.</exception>
    public static SecretsFile Open(AppConfigPlace place) => Open(
        place.SecretsFile,
        place.AppName,
        SecretsKeyFile.Find(place.Variables) ?? throw ConfigurationErrors.NoSecretsKey(place.SecretsFile, SecretsKeyFile.Places(place.Variables)));

    /// <inheritdoc cref="Open(AppConfigPlace)" />
    public static SecretsFile Open(string path, string app, SecretsKeyFile keys)
    {
        if (!File.Exists(path))
        {
            return new SecretsFile(path, app, keys.Current);
        }

        var (header, lines) = ReadLines(path);
        if (header.App != app)
        {
            throw ConfigurationErrors.BadSecretsFile(path, 1, $"it was written for the app '{ShownText.Clean(header.App)}', and this is '{app}'; write its secrets again with 'rowhouse secrets set'");
        }

        var key = keys.Keys.FirstOrDefault(key => key.Id == header.KeyId)
            ?? throw ConfigurationErrors.BadSecretsFile(path, 1, $"it was encrypted with the key {ShownText.Clean(header.KeyId)}, and '{keys.Path}' has {string.Join(", ", keys.Keys)}");
        var file = new SecretsFile(path, app, key);
        foreach (var (name, line, text) in lines)
        {
            file.AddLine(name, line, text);
        }

        return file;
    }

    /// <summary>The names of the secrets in a file, for which no key is needed.</summary>
    /// <exception cref="RowhouseException">RH2206: the file cannot be read.</exception>
    public static IReadOnlyList<string> ReadNames(string path) => File.Exists(path) ? [.. ReadLines(path).Lines.Select(line => line.Name)] : [];

    /// <summary>The secret of this name; null if there is none.</summary>
    public string? Find(string name) => _lines.TryGetValue(name, out var line) ? Decrypt(name, line) : null;

    /// <summary>Puts a secret in, or another one in its place. <see cref="Save"/> writes it.</summary>
    /// <exception cref="RowhouseException">RH2202: the name cannot be one; RH2206: the secret is empty or too long.</exception>
    public void Set(string name, string secret)
    {
        if (!SecretReference.IsName(name) || name.StartsWith('/'))
        {
            throw ConfigurationErrors.BadSecretName(name);
        }

        if (secret.Length == 0 || Encoding.UTF8.GetByteCount(secret) > MaxSecretBytes)
        {
            throw ConfigurationErrors.BadSecretsFile(_path, 0, $"the secret '{name}' must have 1 to {MaxSecretBytes} bytes");
        }

        _lines[name] = Encrypt(name, secret);
    }

    /// <summary>Takes a secret out; false if there was none.</summary>
    public bool Remove(string name) => _lines.Remove(name);

    /// <summary>The same secrets, encrypted anew with another key.</summary>
    public SecretsFile WithKey(SecretsKey key)
    {
        var file = new SecretsFile(_path, _app, key);
        foreach (var (name, line) in _lines)
        {
            file._lines[name] = file.Encrypt(name, Decrypt(name, line));
        }

        return file;
    }

    /// <summary>Writes the file: whole or not at all.</summary>
    /// <exception cref="RowhouseException">RH2206: it cannot be written.</exception>
    public void Save()
    {
        var text = new StringBuilder($"{Magic} {Version} app={_app} key={_key.Id}\n");
        foreach (var (name, line) in _lines)
        {
            text.Append(name).Append(" = ").Append(line).Append('\n');
        }

        try
        {
            ReplacedFile.Write(_path, text.ToString(), OperatingSystem.IsWindows() || !File.Exists(_path) ? Mode : File.GetUnixFileMode(_path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationErrors.BadSecretsFile(_path, 0, $"it cannot be written: {e.Message}", e);
        }
    }

    private static ((string App, string KeyId) Header, List<(string Name, int Line, string Text)> Lines) ReadLines(string path)
    {
        var text = ReadAll(path);
        if (text[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [Magic, var version, var app, var key] || !app.StartsWith("app=", StringComparison.Ordinal) || !key.StartsWith("key=", StringComparison.Ordinal))
        {
            throw ConfigurationErrors.BadSecretsFile(path, 1, $"it does not begin with '{Magic} {Version} app=NAME key=ID'");
        }

        if (version != $"{Version}")
        {
            throw ConfigurationErrors.BadSecretsFile(path, 1, $"its format is {ShownText.Clean(version)}, and this Rowhouse reads format {Version}");
        }

        var lines = new List<(string Name, int Line, string Text)>();
        for (var i = 1; i < text.Length; i++)
        {
            var line = text[i].Trim();
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                lines.Add(line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value] && SecretReference.IsName(name)
                    ? (name, i + 1, value)
                    : throw ConfigurationErrors.BadSecretsFile(path, i + 1, "this line is not NAME = TEXT"));
            }
        }

        return ((app[4..], key[4..]), lines);
    }

    private static string[] ReadAll(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxFileBytes
                ? File.ReadAllLines(path) is { Length: > 0 } lines ? lines : [""]
                : throw ConfigurationErrors.BadSecretsFile(path, 0, $"it has more than {MaxFileBytes} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationErrors.BadSecretsFile(path, 0, $"it cannot be read: {e.Message}", e);
        }
    }

    private void AddLine(string name, int line, string text)
    {
        if (!_lines.TryAdd(name, text))
        {
            throw ConfigurationErrors.BadSecretsFile(_path, line, $"the secret '{name}' stands there twice");
        }

        if (!Base64Url.IsValid(text, out var length) || length <= NonceBytes + TagBytes || length > NonceBytes + TagBytes + MaxSecretBytes)
        {
            throw ConfigurationErrors.BadSecretsFile(_path, line, $"what stands behind '{name}' is not what 'rowhouse secrets' writes");
        }
    }

    private byte[] BoundTo(string name) => Encoding.UTF8.GetBytes($"{Magic}\n{Version}\n{_app}\n{name}");

    private string Encrypt(string name, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var cipher = _key.CreateCipher();
        cipher.Encrypt(sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), BoundTo(name));
        CryptographicOperations.ZeroMemory(plain);
        return Base64Url.EncodeToString(sealedBytes);
    }

    private string Decrypt(string name, string line)
    {
        var sealedBytes = Base64Url.DecodeFromChars(line);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = _key.CreateCipher();
            cipher.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), plain, BoundTo(name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw ConfigurationErrors.BadSecretsFile(_path, 0, $"the secret '{name}' was changed or moved after it was encrypted; write it again with 'rowhouse secrets set {_app} {name}'");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
