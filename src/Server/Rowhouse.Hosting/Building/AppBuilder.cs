using Rowhouse.Hosting.Building;

namespace Rowhouse.Hosting;

/// <summary>Builds apps without running them. What is built here starts at once later: server and tools share <c>data/NAME/build/</c>.</summary>
public static class AppBuilder
{
    /// <summary>Builds one app.</summary>
    /// <param name="root">The root the app lies in.</param>
    /// <param name="app">The app.</param>
    /// <param name="development">Whether to build for debugging, as a server in the environment Development does.</param>
    /// <param name="progress">Gets what is being done, in a few words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AppBuildReport> BuildAsync(
        ServerRoot root, AppFolder app, bool development, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        progress?.Report($"building {app.Name}");
        var result = await AppBuilders.For(root, app, development).BuildAsync(cancellationToken).ConfigureAwait(false);
        return new AppBuildReport(result.Succeeded, result.Diagnostics, result.Build?.FromCache ?? false);
    }
}
