namespace Rowhouse.Hosting;

/// <summary>Reads <c>[keys]</c>.</summary>
internal static class KeysSection
{
    private const string UriKey = "uri";
    private const string CertificateKey = "cert";
    private const string PasswordKey = "password-file";

    // What can keep a handful of documents for ever, and for all nodes.
    private static readonly string[] Schemes = ["file", "sqlite", "postgres", "mysql", "mssql", "redis", "rediss"];

    public static string[] Keys { get; } = [UriKey, CertificateKey, PasswordKey];

    public static KeySettings Read(ServerRoot root, IReadOnlyList<IniEntry> entries, ConfigProblems problems)
    {
        var settings = KeySettings.Default;
        foreach (var entry in entries)
        {
            switch (entry.Key.ToLowerInvariant())
            {
                case UriKey:
                    settings = settings with { Uri = ReadUri(entry, problems) ?? settings.Uri };
                    break;
                case CertificateKey:
                    settings = settings with { Certificates = Certificates(root, entry) };
                    break;
                case PasswordKey:
                    settings = settings with { PasswordFile = FullPath(root, entry) };
                    break;
                default:
                    problems.AddUnknownKey(entry, Keys);
                    break;
            }
        }

        if (settings is { PasswordFile: not null, Certificates.Count: 0 })
        {
            problems.Add(entries[0].Line, $"[keys] {PasswordKey}: there is no {CertificateKey} that it could open; name the certificate too");
        }

        return settings;
    }

    private static ConnectionUri? ReadUri(IniEntry entry, ConfigProblems problems)
    {
        try
        {
            var uri = ConnectionUri.Parse(entry.Value);
            if (Schemes.Contains(uri.Scheme, StringComparer.Ordinal))
            {
                return uri;
            }

            problems.Add(entry.Line, $"[keys] {UriKey}: {uri.Scheme}: cannot keep keys; expected one of {string.Join(", ", Schemes.Select(scheme => scheme + ":"))}");
        }
        catch (RowhouseException e)
        {
            problems.Add(entry.Line, $"[keys] {UriKey}: {e.Code}: {e.Message}");
        }

        return null;
    }

    private static string[] Certificates(ServerRoot root, IniEntry entry) =>
        [.. entry.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(path => Path.GetFullPath(path, root.Folder))];

    private static string? FullPath(ServerRoot root, IniEntry entry) => entry.Value.Length == 0 ? null : Path.GetFullPath(entry.Value, root.Folder);
}
