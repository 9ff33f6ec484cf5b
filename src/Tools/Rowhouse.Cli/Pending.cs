// Stand-ins for what other branches bring; this file goes when they are merged.
namespace Rowhouse.Hosting;

internal sealed record ServerConfigOverrides
{
    public IReadOnlyList<string>? Listeners { get; init; }

    public IReadOnlyList<string>? Apps { get; init; }

    public string? Environment { get; init; }
}

internal static class ServerConfigReader
{
    public static ServerConfig Read(ServerRoot root, ServerConfigOverrides overrides)
    {
        if (File.Exists(root.ConfigFile) && File.ReadAllText(root.ConfigFile).Contains("broken", StringComparison.Ordinal))
        {
            throw new RowhouseException("RH2001", "rowhouse.ini(1): broken.\nrowhouse.ini(2): broken too.");
        }

        return new ServerConfig
        {
            Root = root,
            Environment = overrides.Environment ?? "Production",
            Listeners = [.. (overrides.Listeners ?? [ServerConfig.DefaultListener]).Select(ListenerUri.Parse)],
            OnlyApps = overrides.Apps?.ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }
}

internal static class AppInstaller
{
    public static Task<AppFolder> InstallAsync(
        ServerRoot root, string archivePath, string? name, bool overwrite, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(1);
        throw new RowhouseException("RH1300", $"'{archivePath}' is not an archive for '{name}' in '{root.Folder}' ({overwrite}).");
    }

    public static void Remove(ServerRoot root, string name, bool keepData)
    {
        Directory.Delete(Path.Combine(root.Applications, name), recursive: true);
        if (!keepData && Directory.Exists(root.DataOf(name)))
        {
            Directory.Delete(root.DataOf(name), recursive: true);
        }
    }
}

internal enum BuildSeverity
{
    Warning,
    Error,
}

internal sealed record BuildDiagnostic(BuildSeverity Severity, string Code, string File, int Line, int Column, string Message);

internal sealed record AppBuildReport(IReadOnlyList<BuildDiagnostic> Diagnostics, bool Succeeded);

internal static class AppBuilder
{
    public static Task<AppBuildReport> BuildAsync(
        ServerRoot root, AppFolder app, bool development, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report($"{root.Folder} {development}");
        var broken = Directory.EnumerateFiles(app.Path, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("int = ;", StringComparison.Ordinal))
            .Select(file => new BuildDiagnostic(BuildSeverity.Error, "CS1001", Path.GetRelativePath(app.Path, file), 1, 5, "Identifier expected"))
            .ToList();
        return Task.FromResult(new AppBuildReport(broken, broken.Count == 0));
    }
}

internal static class AppPacker
{
    public static Task PackAsync(
        ServerRoot root, AppFolder app, string archivePath, bool withSources, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(1);
        return File.WriteAllTextAsync(archivePath, $"{root.Folder} {app.Name} {withSources}", cancellationToken);
    }
}
