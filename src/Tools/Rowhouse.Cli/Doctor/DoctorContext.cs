using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Doctor;

/// <summary>What the checks look at.</summary>
internal sealed class DoctorContext
{
    /// <summary>The configuration that the next start would take.</summary>
    public required ServerConfig Config { get; init; }

    /// <summary>The apps that are looked at, with their settings.</summary>
    public required IReadOnlyList<ExaminedApp> Apps { get; init; }

    /// <summary>The server that runs on the root; null if none does.</summary>
    public ServerVersion? Server { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    public ServerRoot Root => Config.Root;

    /// <summary>Every backend that the settings name, each once, with who names it.</summary>
    public IEnumerable<(ConnectionUri Uri, IReadOnlyList<string> NamedBy)> Backends => Apps
        .SelectMany(app => app.Backends.Select(backend => (backend.Uri, NamedBy: $"{app.Name}: {backend.Key}")))
        .Append((Config.Keys.Uri, "rowhouse.ini: [keys] uri"))
        .GroupBy(backend => backend.Item1)
        .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(backend => backend.Item2).Distinct(StringComparer.Ordinal)]));

    public bool IsProduction => string.Equals(Config.Environment, "Production", StringComparison.OrdinalIgnoreCase);
}
