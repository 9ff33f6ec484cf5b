namespace Rowhouse.Hosting;

/// <summary>Looks into <c>.rha</c> archives without unpacking them.</summary>
public static class AppArchiveReader
{
    /// <summary>
    /// Checks an archive to its last byte and tells what it is. Nothing is written to disk. What passes here can be installed:
    /// <see cref="AppInstaller"/> makes the same checks.
    /// </summary>
    /// <param name="archivePath">The archive.</param>
    /// <param name="limits">How much it may hold; null: <see cref="ArchiveLimits.Default"/>.</param>
    /// <param name="progress">Is told the part that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="RowhouseException">
    /// RH1301 unreadable; RH1302 no whole archive; RH1303 a damaged entry; RH1304 no usable manifest; RH1305 another format;
    /// RH1306 a newer runtime is needed; RH1307 an unsafe name; RH1308 a link; RH1309 beyond the limits; RH1310 encrypted;
    /// RH1311 the same name twice; RH1312 something that is not the app's; RH1313 no entry assembly; RH1314 changed since it was packed.
    /// </exception>
    public static async Task<ArchiveManifest> InspectAsync(
        string archivePath, ArchiveLimits? limits = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using var archive = await OpenArchive.OpenAsync(archivePath, limits ?? ArchiveLimits.Default, progress, cancellationToken);
        return archive.Manifest;
    }
}
