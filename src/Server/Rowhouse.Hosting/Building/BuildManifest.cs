namespace Rowhouse.Hosting.Building;

/// <summary>What <c>build.json</c> in a build's folder says.</summary>
internal sealed record BuildManifest(string EntryAssembly, IReadOnlyList<BuildDiagnostic> Warnings);
