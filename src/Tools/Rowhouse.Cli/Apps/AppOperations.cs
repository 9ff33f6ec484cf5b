using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>Every call from the command line into the building, packing, installing and configuring of the hosting, in one place.</summary>
internal static class AppOperations
{
    public static ServerConfig ReadConfig(
        ServerRoot root, IReadOnlyList<string>? listeners = null, IReadOnlyList<string>? apps = null, string? environment = null) =>
        ServerConfigReader.Read(root, new ServerConfigOverrides { Listeners = listeners?.Select(ListenerUri.Parse).ToList(), OnlyApps = apps, Environment = environment });

    public static async Task<AppBuildResult> BuildAsync(
        ServerRoot root, string name, bool development, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var report = await AppBuilder.BuildAsync(root, AppFolder.Open(root, name), development, progress, cancellationToken);
        return new AppBuildResult(name, report.Succeeded, report.Diagnostics);
    }

    public static async Task<string> PackAsync(
        ServerRoot root, string name, string archivePath, bool withSources, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await AppPacker.PackAsync(root, AppFolder.Open(root, name), archivePath, withSources, progress, cancellationToken);
        return archivePath;
    }

    public static Task<AppFolder> InstallAsync(
        ServerRoot root, string archivePath, string? name, bool overwrite, IProgress<double>? progress, CancellationToken cancellationToken) =>
        AppInstaller.InstallAsync(root, archivePath, name, overwrite, progress, cancellationToken);

    public static void Remove(ServerRoot root, string name, bool keepData) => AppInstaller.Remove(root, name, keepData);
}
