namespace Rowhouse.Hosting.Building.Sources;

/// <summary>What a compile gave: an assembly with its symbols, or only the reasons why not.</summary>
internal sealed record CompileOutput(byte[]? Assembly, byte[]? Symbols, IReadOnlyList<BuildDiagnostic> Diagnostics);
