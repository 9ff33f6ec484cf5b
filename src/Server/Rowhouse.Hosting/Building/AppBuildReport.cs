namespace Rowhouse.Hosting;

/// <summary>How a build of an app ended.</summary>
/// <param name="Succeeded">Whether there is something that can run.</param>
/// <param name="Diagnostics">What the compilers say: errors, and warnings of a build that succeeded.</param>
/// <param name="FromCache">Whether the very same sources had been built before.</param>
public sealed record AppBuildReport(bool Succeeded, IReadOnlyList<BuildDiagnostic> Diagnostics, bool FromCache);
