namespace Rowhouse.Hosting.Building;

/// <summary>Builds one app, again and again; keeps what makes the next build quick. Not thread-safe: one build at a time.</summary>
internal interface IAppBuilder
{
    /// <summary>Builds what is in the app's folder now, or finds it among the earlier builds.</summary>
    Task<BuildResult> BuildAsync(CancellationToken cancellationToken);

    /// <summary>Whether a change of this file (relative to the app's folder, forward slashes) asks for a new instance.</summary>
    bool IsInput(string relativePath);

    /// <summary>Lets go of what only makes the next build quicker.</summary>
    void Forget();
}
