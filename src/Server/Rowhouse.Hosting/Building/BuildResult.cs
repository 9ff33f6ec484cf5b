namespace Rowhouse.Hosting.Building;

/// <summary>How a build ended: with a build, or with the reasons why there is none.</summary>
internal sealed record BuildResult(AppBuild? Build, IReadOnlyList<BuildDiagnostic> Diagnostics)
{
    public bool Succeeded => Build is not null;

    public static BuildResult Success(AppBuild build) => new(build, build.Warnings);

    public static BuildResult Failure(IReadOnlyList<BuildDiagnostic> diagnostics) => new(null, diagnostics);

    public static BuildResult Failure(RowhouseException error, string file = "") =>
        new(null, [new BuildDiagnostic(BuildSeverity.Error, error.Code, file, 0, 0, error.Message)]);
}
