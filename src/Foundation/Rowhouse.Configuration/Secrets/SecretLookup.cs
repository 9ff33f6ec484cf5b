namespace Rowhouse.Configuration;

/// <summary>Looks for secrets in the places where operators put them.</summary>
internal sealed class SecretLookup
{
    private const string CredentialsVariable = "CREDENTIALS_DIRECTORY";

    private readonly AppConfigPlace _place;
    private readonly string _mountedSecrets;
    private SecretsFile? _file;

    public SecretLookup(AppConfigPlace place, string mountedSecrets = "/run/secrets")
    {
        _place = place;
        _mountedSecrets = mountedSecrets;
    }

    /// <summary>The secret of this name.</summary>
    /// <exception cref="RowhouseException">RH22xx: it is nowhere, or the place where it is cannot be used.</exception>
    public FoundSecret Find(string name)
    {
        if (!SecretReference.IsName(name))
        {
            throw ConfigurationErrors.BadSecretName(name);
        }

        if (name.StartsWith('/'))
        {
            return File.Exists(name) ? SecretFile.Read(name, mayBeOpen: name.StartsWith("/run/", StringComparison.Ordinal)) : throw ConfigurationErrors.NoSecretFile(name);
        }

        return FindVariable(name) ?? FindMounted(name) ?? FindEncrypted(name) ?? throw ConfigurationErrors.NoSecret(name, DescribePlaces(name));
    }

    private static string VariableOf(string name) => name.Replace('-', '_').Replace('.', '_').ToUpperInvariant();

    private FoundSecret? FindVariable(string name)
    {
        foreach (var variable in new[] { $"{_place.VariablePrefix}{VariableLayer.SecretPart}{VariableOf(name)}", name })
        {
            if (_place.Variables.TryGetValue(variable, out var text) && text.Length > 0)
            {
                return new FoundSecret(text);
            }
        }

        return null;
    }

    private FoundSecret? FindMounted(string name)
    {
        // '.' and '..' are names of folders, and File.Exists says no to these.
        var file = Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return file is null ? null : SecretFile.Read(file, mayBeOpen: true);
    }

    private FoundSecret? FindEncrypted(string name)
    {
        _file ??= File.Exists(_place.SecretsFile) ? SecretsFile.Open(_place) : null;
        return _file?.Find(name) is { } text ? new FoundSecret(text) : null;
    }

    private IEnumerable<string> Folders() =>
        _place.Variables.TryGetValue(CredentialsVariable, out var credentials) && credentials.Length > 0 ? [credentials, _mountedSecrets] : [_mountedSecrets];

    private IEnumerable<string> DescribePlaces(string name) =>
    [
        $"the environment variables {_place.VariablePrefix}{VariableLayer.SecretPart}{VariableOf(name)} and {name}",
        .. Folders().Select(folder => $"'{Path.Combine(folder, name)}'"),
        File.Exists(_place.SecretsFile) ? $"'{_place.SecretsFile}'" : $"'{_place.SecretsFile}' (which does not exist)",
    ];
}
