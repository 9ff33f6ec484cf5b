namespace Rowhouse.Hosting;

/// <summary>Where an app's instance lives.</summary>
public enum AppIsolation
{
    /// <summary>In the server's process. Not a security boundary.</summary>
    Shared,

    /// <summary>In a child process of its own.</summary>
    Process,
}
