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

    /// <summary>The environment variables of the running server, else of this process.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public ServerRoot Root => Config.Root;

    /// <summary>Every backend that the settings name, each once, with who names it.</summary>
    public IEnumerable<ExaminedBackend> Backends => Gather(_ => true);

    /// <summary>The same, but not those that only sessions are kept in.</summary>
    public IEnumerable<ExaminedBackend> BackendsButSessions => Gather(key => key != ExaminedApp.SessionsKey);

    public bool IsProduction => string.Equals(Config.Environment, "Production", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<ExaminedBackend> Gather(Func<string, bool> isMeant) => Apps
        .SelectMany(app => app.Backends.Where(backend => isMeant(backend.Key)).Select(backend => new ExaminedBackend(backend.Uri, Root.DataOf(app.Name), $"{app.Name}: {backend.Key}")))
        .Append(new ExaminedBackend(Config.Keys.Uri, Root.Data, "rowhouse.ini: [keys] uri"))
        .GroupBy(backend => (backend.Uri, backend.Uri.Scheme is "file" or "sqlite" ? backend.DataFolder : ""))
        .Select(group => group.First() with { NamedBy = string.Join(", ", group.Select(backend => backend.NamedBy).Distinct(StringComparer.Ordinal)) });
}
