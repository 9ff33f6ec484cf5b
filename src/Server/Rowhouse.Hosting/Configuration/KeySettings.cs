namespace Rowhouse.Hosting;

/// <summary>What <c>[keys]</c> in <c>rowhouse.ini</c> says: where the data protection keys of a root are kept.</summary>
public sealed record KeySettings
{
    /// <summary>Files in <c>data/keys</c>, not encrypted.</summary>
    public static KeySettings Default { get; } = new();

    /// <summary>The backend: <c>file:</c>, a database or Redis. A relative path lies in <c>data/</c>. The default is <c>file:keys</c>.</summary>
    public ConnectionUri Uri { get; init; } = ConnectionUri.Parse("file:keys");

    /// <summary>
    /// A certificate with its private key, as a full path, that encrypts the keys where they are kept: PEM with both parts, or PFX.
    /// Null: they are kept as they are.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The file whose first line is the password of <see cref="Certificate"/>, as a full path; null if it has none.</summary>
    public string? PasswordFile { get; init; }
}
