namespace Rowhouse.Hosting;

/// <summary>Puts apps from <c>.rha</c> archives into a root's <c>applications/</c>, and takes apps out of it.</summary>
public static class AppInstaller
{
    /// <summary>
    /// Installs an archive. It is checked to its last byte first, unpacked into a hidden folder beside the apps, and swapped in: on Linux
    /// there is no moment without the app. The replaced app's <c>private/</c> and <c>DISABLED</c> are kept; everything else in its folder
    /// goes, sources included. Data in <c>data/</c> is not touched. A failure leaves everything as it was.
    /// </summary>
    /// <param name="root">The root to install into.</param>
    /// <param name="archivePath">The archive.</param>
    /// <param name="name">The app's name there; null: the one that the archive brings.</param>
    /// <param name="overwrite">Whether an app of that name may be replaced.</param>
    /// <param name="progress">Is told the part that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops before the swap; nothing is left behind.</param>
    /// <exception cref="RowhouseException">
    /// What <see cref="AppArchiveReader.InspectAsync"/> says of the archive; RH1003 the name is not fit; RH1315 there is such an app;
    /// RH1317 the disk; RH1318 another process is at it.
    /// </exception>
    public static Task<AppFolder> InstallAsync(
        ServerRoot root, string archivePath, string? name = null, bool overwrite = false, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        InstallAsync(root, archivePath, ArchiveLimits.Default, name, overwrite, progress, cancellationToken);

    /// <summary>Installs an archive that may hold more, or less, than <see cref="ArchiveLimits.Default"/> allows.</summary>
    /// <inheritdoc cref="InstallAsync(ServerRoot, string, string?, bool, IProgress{double}?, CancellationToken)"/>
    /// <param name="root">The root to install into.</param>
    /// <param name="archivePath">The archive.</param>
    /// <param name="limits">How much the archive may hold.</param>
    /// <param name="name">The app's name there; null: the one that the archive brings.</param>
    /// <param name="overwrite">Whether an app of that name may be replaced.</param>
    /// <param name="progress">Is told the part that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops before the swap; nothing is left behind.</param>
    public static async Task<AppFolder> InstallAsync(
        ServerRoot root, string archivePath, ArchiveLimits limits, string? name, bool overwrite, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var archive = await OpenArchive.OpenAsync(archivePath, limits, HalfOf(progress, from: 0), cancellationToken);
        name ??= archive.Manifest.Name;
        CheckName(name);
        try
        {
            using var lease = AppFolderLease.Take(root, name);
            CheckFree(root, name, overwrite);
            await InstallAsync(archive, lease, HalfOf(progress, from: 0.5), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.AppFolderNotChanged(name, e);
        }

        return AppFolder.Open(root, name);
    }

    /// <summary>Takes an app out: its folder disappears from the server's eyes in one step and is then deleted.</summary>
    /// <param name="root">The root.</param>
    /// <param name="name">The app's name.</param>
    /// <param name="keepData">Whether what the app wrote, <c>data/NAME/</c>, stays.</param>
    /// <exception cref="RowhouseException">RH1003 the name is not fit; RH1004 there is no such app; RH1317 the disk; RH1318 another process is at it.</exception>
    public static void Remove(ServerRoot root, string name, bool keepData = true)
    {
        CheckName(name);
        try
        {
            using var lease = AppFolderLease.Take(root, name);
            if (!Directory.Exists(lease.Current))
            {
                throw HostingErrors.NoSuchApp(name, root.Applications);
            }

            if (keepData || !Directory.Exists(root.DataOf(name)))
            {
                lease.Remove();
            }
            else
            {
                lease.RemoveWithData(root.DataOf(name));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.AppFolderNotChanged(name, e);
        }
    }

    private static void CheckName(string name)
    {
        if (!AppFolder.IsValidName(name))
        {
            throw HostingErrors.BadAppName(ArchiveNames.Show(name));
        }
    }

    private static void CheckFree(ServerRoot root, string name, bool overwrite)
    {
        // Routing does not tell upper from lower case, so neither may the names of apps.
        var existing = AppFolder.List(root).Where(app => string.Equals(app, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (existing.Count > 0 && !(overwrite && existing.Contains(name)))
        {
            throw HostingErrors.AppExists(name, existing.Contains(name) ? name : existing[0]);
        }
    }

    private static async Task InstallAsync(OpenArchive archive, AppFolderLease lease, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var next = lease.NewInstalling();
        try
        {
            Directory.CreateDirectory(next);
            await archive.UnpackAsync(entry => CreateFile(next, entry), progress, cancellationToken);
            if (!Directory.Exists(lease.Current))
            {
                Directory.Move(next, lease.Current);
                return;
            }

            KeptFiles.Copy(lease.Current, next);
            lease.Discard(FolderSwap.Swap(next, lease.Current, lease.NewOld()));
        }
        catch
        {
            AppFolderLease.TryDelete(next);
            throw;
        }
    }

    private static FileStream CreateFile(string folder, ZipEntry entry)
    {
        var path = Path.Combine(folder, entry.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    private static ScaledProgress? HalfOf(IProgress<double>? progress, double from) =>
        progress is null ? null : new ScaledProgress(progress, from, 0.5);
}
