namespace Rowhouse.Backends;

/// <summary>How an app sees the backends.</summary>
public sealed class BackendsOptions
{
    /// <summary>
    /// Where files and folders lie that a URI names by a relative path. Null, the default, means what the server says (<c>Rowhouse:Data</c> in the
    /// configuration), and without a server the folder <c>data</c> in the content root.
    /// </summary>
    public string? DataFolder { get; set; }
}
