using Rowhouse.Hosting.Building;

namespace Rowhouse.Hosting;

/// <summary>Makes the archive (<c>.rha</c>) of an app: built for production, without its secrets and data.</summary>
public static class AppPacker
{
    /// <summary>Builds <paramref name="app"/> and packs it. The same sources give the same bytes.</summary>
    /// <param name="root">The root the app lies in.</param>
    /// <param name="app">The app.</param>
    /// <param name="archivePath">The archive to write; an existing one is replaced when the new one is complete.</param>
    /// <param name="withSources">Whether the sources go with it, for reading: the built app is what runs.</param>
    /// <param name="progress">Gets the share that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RowhouseException">RH1106: the app does not compile. RH13xx: it cannot be packed.</exception>
    public static async Task<ArchiveManifest> PackAsync(
        ServerRoot root, AppFolder app, string archivePath, bool withSources, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var result = await AppBuilders.For(root, app, development: false).BuildAsync(cancellationToken).ConfigureAwait(false);
        if (result.Build is not { } build)
        {
            throw HostingErrors.DoesNotBuild(app.Name, result.Diagnostics.First(diagnostic => diagnostic.Severity == BuildSeverity.Error));
        }

        progress?.Report(0.3);
        var staging = Directory.CreateTempSubdirectory("rowhouse-pack-").FullName;
        try
        {
            Stage(app, build, staging, withSources);
            var manifest = new ArchiveManifest
            {
                Name = app.Name,
                EntryAssembly = Path.GetFileName(build.EntryAssembly),
                Runtime = $"{Environment.Version.Major}.{Environment.Version.Minor}",
            };
            return await AppArchiveWriter.WriteAsync(staging, archivePath, manifest, new Progress<double>(share => progress?.Report(0.3 + (0.7 * share))), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static void Stage(AppFolder app, AppBuild build, string staging, bool withSources)
    {
        // Publish output is complete; a source app's build is its assembly alone and needs the files it reads, a packed one those it serves.
        if (app.Kind != AppKind.Project || withSources)
        {
            FolderCopy.Copy(app.Path, staging, file => IsContent(app.Kind, file, withSources));
        }

        FolderCopy.Copy(build.Folder, staging, file => file != BuildStore.Manifest);
    }

    private static bool IsContent(AppKind kind, string file, bool withSources)
    {
        var top = file.Split('/')[0];
        if (top != "wwwroot" && SourceFiles.IsLeftOutAtTop(top))
        {
            return false;
        }

        var isSource = SourceFiles.IsSource(file) || file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);
        return (kind != AppKind.Project || isSource) && file is not (AppFolder.DisabledFile or ArchiveManifest.FileName) && (withSources || kind == AppKind.Packed || !isSource);
    }
}
