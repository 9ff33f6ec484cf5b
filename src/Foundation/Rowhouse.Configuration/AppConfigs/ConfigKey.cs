namespace Rowhouse.Configuration;

/// <summary>Keys are <c>db.uri</c> for people and <c>db:uri</c> for the configuration of .NET; both mean the same value.</summary>
internal static class ConfigKey
{
    /// <summary>The form in which keys are compared (without regard to case).</summary>
    public static string Normalize(string key) => key.Replace('.', ':');

    /// <summary>The form for people.</summary>
    public static string Print(string key) => key.Replace(':', '.');

    /// <summary>The form in which a key, or the name of an app, is a part of an environment variable.</summary>
    public static string ToVariable(string key) =>
        Normalize(key).Replace(":", "__", StringComparison.Ordinal).Replace('-', '_').ToUpperInvariant();

    public static string LastPart(string key) => key[(Normalize(key).LastIndexOf(':') + 1)..];
}
