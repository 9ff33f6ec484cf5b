namespace Rowhouse.Backends;

/// <summary>Where the data protection keys are kept, which sign and encrypt cookies and antiforgery tokens.</summary>
public sealed class KeysOptions
{
    /// <summary>
    /// The backend: file, sqlite, postgres, mysql, mssql or redis. All nodes of a farm name the same one. The default is <c>file:keys</c>, a folder
    /// in the data folder.
    /// </summary>
    public ConnectionUri Uri { get; set; } = ConnectionUri.Parse("file:keys");

    /// <summary>
    /// Files of RSA certificates with their keys: PFX, or PEM with both in one file. The first encrypts the keys before they are stored; the others
    /// are those of earlier times and only decrypt. Empty, the default, stores the keys as they are: whoever reads the backend can forge cookies.
    /// </summary>
    public IList<string> Certificates { get; } = [];

    /// <summary>The password of PFX files and of encrypted PEM keys; null if there is none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// The app. Apps with other names cannot read what this one has protected, though they share the keys. Null, the default, means what the server
    /// says (<c>Rowhouse:App</c> in the configuration), and without a server the name of the content root's folder.
    /// </summary>
    public string? AppName { get; set; }

    /// <summary>As <see cref="BackendsOptions.DataFolder"/>, for the keys alone; the server puts those of all its apps in one place.</summary>
    public string? DataFolder { get; set; }
}
