using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>One app's line in what <c>rowhouse apps check --json</c> and <c>build --json</c> print.</summary>
internal sealed record AppBuildResult(string App, bool Succeeded, IReadOnlyList<BuildDiagnostic> Diagnostics);
