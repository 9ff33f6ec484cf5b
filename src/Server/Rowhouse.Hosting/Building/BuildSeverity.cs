namespace Rowhouse.Hosting;

/// <summary>How bad a diagnostic is.</summary>
public enum BuildSeverity
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>The build failed.</summary>
    Error,
}
