namespace Rowhouse.Hosting;

/// <summary>How grave a compiler's message is.</summary>
public enum BuildSeverity
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>There is no build.</summary>
    Error,
}
