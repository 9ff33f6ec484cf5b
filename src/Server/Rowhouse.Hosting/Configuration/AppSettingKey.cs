namespace Rowhouse.Hosting;

/// <summary>One key of <c>[apps]</c> and <c>[app:NAME]</c>.</summary>
/// <param name="Name">The key.</param>
/// <param name="Allowed">What may stand there, for a person.</param>
/// <param name="Words">The words that may stand there, for hints.</param>
/// <param name="Apply">Lays a value over settings; null if it may not stand there.</param>
internal sealed record AppSettingKey(string Name, string Allowed, string[] Words, Func<AppSettings, string, AppSettings?> Apply)
{
    public const string Memory = "memory";

    // Below this not even an empty app starts; it also catches a forgotten unit (memory = 512).
    private const long MinMemoryBytes = 16L << 20;

    private const int MaxProbeLength = 1024;

    public static AppSettingKey[] All { get; } =
    [
        new("isolation", "shared or process", ["shared", "process"], (settings, value) => value switch
        {
            "shared" => settings with { Isolation = AppIsolation.Shared },
            "process" => settings with { Isolation = AppIsolation.Process },
            _ => null,
        }),
        new("start", "eager or lazy", ["eager", "lazy"], (settings, value) => value switch
        {
            "eager" => settings with { LazyStart = false },
            "lazy" => settings with { LazyStart = true },
            _ => null,
        }),
        new("idle", "never, or a duration from 1s to 365d such as 20m or 1h30m (units d, h, m, s, ms)", ["never"], (settings, value) =>
            value is "" or "never" ? settings with { Idle = null }
            : Duration(value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365)) is { } idle ? settings with { Idle = idle }
            : null),
        new("start-timeout", "a duration from 100ms to 1h such as 60s (units h, m, s, ms)", [], (settings, value) =>
            Duration(value, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)) is { } timeout ? settings with { StartTimeout = timeout } : null),
        new("drain", "a duration from 0s to 1h such as 30s (units h, m, s, ms)", [], (settings, value) =>
            Duration(value, TimeSpan.Zero, TimeSpan.FromHours(1)) is { } drain ? settings with { Drain = drain } : null),
        new("probe", "none, or a path within the app that begins with one '/', such as /health", ["none"], (settings, value) =>
            value is "" or "none" ? settings with { Probe = null }
            : IsProbe(value) ? settings with { Probe = value }
            : null),
        new(Memory, "none, or a size of at least 16MB such as 512MB or 2GB (1 MB = 1024 x 1024 bytes; a bare number is bytes)", ["none"], (settings, value) =>
            value is "" or "none" ? settings with { MemoryLimitBytes = null }
            : SizeText.TryParse(value, out var bytes) && bytes >= MinMemoryBytes ? settings with { MemoryLimitBytes = bytes }
            : null),
        new("environment", EnvironmentName.Allowed, [], (settings, value) =>
            EnvironmentName.IsValid(value) ? settings with { Environment = value } : null),
    ];

    public static string[] Names { get; } = [.. All.Select(key => key.Name)];

    private static TimeSpan? Duration(string value, TimeSpan least, TimeSpan most) =>
        DurationText.TryParse(value, out var duration) && duration >= least && duration <= most ? duration : null;

    private static bool IsProbe(string path) =>
        path.Length <= MaxProbeLength && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '#' or '\\');
}
