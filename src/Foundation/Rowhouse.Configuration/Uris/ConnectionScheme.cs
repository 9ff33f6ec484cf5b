using System.Collections.Immutable;

namespace Rowhouse.Configuration;

/// <summary>What may stand in the URIs of one scheme.</summary>
/// <param name="Name">The name that is printed.</param>
/// <param name="Meaning">What it connects to, for a person.</param>
/// <param name="Example">A typical URI.</param>
internal sealed record ConnectionScheme(string Name, string Meaning, string Example)
{
    /// <summary>Another name that is understood.</summary>
    public string? Alias { get; init; }

    /// <summary>The port where the URI names none; 0 if the scheme has no hosts.</summary>
    public int DefaultPort { get; init; }

    /// <summary>How many hosts one URI may name; 0 if none.</summary>
    public int MaxHosts { get; init; }

    /// <summary>Whether a user and a password may be given.</summary>
    public bool HasUser { get; init; }

    public PathKind Path { get; init; }

    public ImmutableArray<ConnectionOption> Options { get; init; } = [];

    /// <summary>The option that names a unix socket and takes the place of the hosts; null if there is none.</summary>
    public string? SocketOption { get; init; }

    public bool HasHosts => MaxHosts > 0;

    /// <summary>Every scheme; a new kind of backend is one more entry of <see cref="ConnectionSchemes"/>.</summary>
    public static ImmutableArray<ConnectionScheme> All => ConnectionSchemes.All;

    /// <summary>The scheme of this name or alias, in any case.</summary>
    public static ConnectionScheme? Find(string name) => All.FirstOrDefault(scheme =>
        scheme.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || name.Equals(scheme.Alias, StringComparison.OrdinalIgnoreCase));

    public ConnectionOption? FindOption(string name) => Options.FirstOrDefault(option => option.Name == name);
}
