namespace Rowhouse.Hosting.Building;

/// <summary>What <c>build.json</c> in a build's folder says.</summary>
/// <param name="EntryAssembly">The file with the entry point.</param>
/// <param name="Warnings">What the compiler warned of.</param>
/// <param name="Files">The SHA-256 of every other file, by its path in the folder with forward slashes.</param>
internal sealed record BuildManifest(string EntryAssembly, IReadOnlyList<BuildDiagnostic> Warnings, IReadOnlyDictionary<string, string> Files);
