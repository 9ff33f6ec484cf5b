namespace Rowhouse.Hosting;

/// <summary>What <c>[keys]</c> in <c>rowhouse.ini</c> says: where the data protection keys of a root are kept.</summary>
public sealed record KeySettings
{
    /// <summary>Files in <c>data/keys</c>, not encrypted.</summary>
    public static KeySettings Default { get; } = new();

    /// <summary>The backend: <c>file:</c>, a database or Redis. A relative path lies in <c>data/</c>. The default is <c>file:keys</c>.</summary>
    public ConnectionUri Uri { get; init; } = ConnectionUri.Parse("file:keys");

    /// <summary>
    /// Certificates with their private keys, as full paths: PEM with both parts, or PFX. The first encrypts the keys where they are kept; the others
    /// are those of earlier times and only decrypt. Empty: the keys are kept as they are.
    /// </summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>The file whose first line is the password of all <see cref="Certificates"/>, as a full path; null if they have none.</summary>
    public string? PasswordFile { get; init; }
}
