namespace Rowhouse.Hosting;

/// <summary>How an app is given.</summary>
public enum AppKind
{
    /// <summary>Sources without a project file; compiled in process.</summary>
    Source,

    /// <summary>A folder with a <c>.csproj</c>; built by <c>dotnet build</c>.</summary>
    Project,

    /// <summary>Built output; needs no compiler.</summary>
    Packed,
}
