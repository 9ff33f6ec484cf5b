namespace Rowhouse.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>It was looked at, and it is well.</summary>
    Ok,

    /// <summary>It works, and will hurt one day.</summary>
    Warning,

    /// <summary>It goes wrong in production.</summary>
    Error,
}
