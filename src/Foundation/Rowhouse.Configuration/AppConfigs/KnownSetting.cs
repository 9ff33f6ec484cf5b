namespace Rowhouse.Configuration;

/// <summary>A setting that Rowhouse itself reads.</summary>
/// <param name="Key">The key, <c>db:uri</c>.</param>
/// <param name="Type">What its value must be.</param>
/// <param name="Meaning">What it does, for a person.</param>
internal sealed record KnownSetting(string Key, Type Type, string Meaning);
