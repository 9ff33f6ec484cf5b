namespace Rowhouse.Configuration;

/// <summary>What was read of a connection URI so far.</summary>
internal sealed record UriParts(ConnectionScheme Scheme)
{
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>The hosts, not read yet.</summary>
    public UriPart Authority { get; init; }

    public string? Path { get; init; }

    public List<KeyValuePair<string, string>> Options { get; init; } = [];

    // The one of a record would print the password.
    public override string ToString() => Scheme.Name;
}
