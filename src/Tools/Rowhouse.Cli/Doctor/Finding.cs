namespace Rowhouse.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="App">The app that it is about; null: the server as a whole.</param>
/// <param name="What">What was found, with the values; no secret in it.</param>
/// <param name="Why">Why it matters; null where all is well.</param>
/// <param name="Mend">What to do about it; null where all is well.</param>
internal sealed record Finding(FindingLevel Level, string? App, string What, string? Why = null, string? Mend = null)
{
    /// <summary>The check that found it.</summary>
    public string Check { get; init; } = "";

    public static Finding Ok(string what, string? app = null) => new(FindingLevel.Ok, app, what);

    public static Finding Warning(string what, string why, string mend, string? app = null) => new(FindingLevel.Warning, app, what, why, mend);

    public static Finding Error(string what, string why, string mend, string? app = null) => new(FindingLevel.Error, app, what, why, mend);
}
