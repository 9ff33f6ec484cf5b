using System.IO.Compression;
using System.Security.Cryptography;

namespace Rowhouse.Hosting;

/// <summary>Packs built apps into <c>.rha</c> archives.</summary>
public static class AppArchiveWriter
{
    // 0x8000 is a regular file; read by all, written by the owner.
    private const int UnixFileMode = 0x8000 | 0b110_100_100;

    // The first moment that a zip archive can express.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Packs the built app in <paramref name="folder"/>. The same files give the same archive, byte for byte, with the same version of the
    /// runtime: the order is ordinal, times and modes are fixed, and nothing in it tells of the machine.
    /// Left out are <c>private/</c>, <c>data/</c>, <c>bin/</c>, <c>obj/</c> at the top, <c>DISABLED</c>, <c>rowhouse.ini</c> and
    /// everything hidden except <c>wwwroot/.well-known/</c>. The archive appears under its name when it is whole.
    /// </summary>
    /// <param name="folder">What the build wrote: the entry assembly and its <c>.runtimeconfig.json</c> stand directly in it.</param>
    /// <param name="archivePath">The archive to write; one that is there is replaced.</param>
    /// <param name="manifest">What the archive says of itself. Its content hash is computed here.</param>
    /// <param name="progress">Is told the part that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two files; nothing is left behind.</param>
    /// <returns>The manifest as it was written.</returns>
    /// <exception cref="RowhouseException">
    /// RH1304 the manifest is not fit; RH1309 beyond <see cref="ArchiveLimits.Default"/>; RH1311 names that differ only in case;
    /// RH1313 no entry assembly; RH1316 anything else that keeps the folder from being packed.
    /// </exception>
    public static async Task<ArchiveManifest> WriteAsync(
        string folder, string archivePath, ArchiveManifest manifest, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (ArchiveManifestJson.FindFault(manifest) is { } fault)
        {
            throw HostingErrors.BadManifest(archivePath, fault);
        }

        folder = Path.GetFullPath(folder);
        archivePath = Path.GetFullPath(archivePath);
        var temporary = Path.Combine(
            Path.GetDirectoryName(archivePath) ?? "", $".{Path.GetFileName(archivePath)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        try
        {
            var files = ListFiles(folder, archivePath, manifest);
            var packing = new Packing(folder, files.Sum(file => file.Bytes), progress);
            manifest = manifest with { Format = ArchiveManifest.CurrentFormat, ContentHash = await packing.HashAsync(files, cancellationToken) };
            await WriteFileAsync(temporary, manifest, files, packing, cancellationToken);
            File.Move(temporary, archivePath, overwrite: true);
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.CannotPack(folder, e.Message, e);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static List<PackedFile> ListFiles(string folder, string archivePath, ArchiveManifest manifest)
    {
        var files = PackableFiles.List(folder, archivePath)
            .Select(name => new PackedFile(name, new FileInfo(Path.Combine(folder, name)).Length))
            .ToList();

        var names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        ArchiveRules.CheckEntryAssembly(archivePath, manifest, names);
        ArchiveRules.CheckCount(archivePath, files.Count + 1, ArchiveLimits.Default);
        ArchiveRules.CheckSizes(archivePath, files.Select(file => (file.Name, file.Bytes)), ArchiveLimits.Default);
        ArchiveRules.CheckUnique(archivePath, files.Select(file => (file.Name, false)));
        return files;
    }

    private static async Task WriteFileAsync(
        string path, ArchiveManifest manifest, List<PackedFile> files, Packing packing, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        await using (var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            await using (var entry = await CreateEntry(zip, ArchiveManifest.FileName, CompressionLevel.Optimal).OpenAsync(cancellationToken))
            {
                await entry.WriteAsync(ArchiveManifestJson.Write(manifest), cancellationToken);
            }

            var written = new ContentHash();
            foreach (var file in files)
            {
                await using var entry = await CreateEntry(zip, file.Name, file.Level).OpenAsync(cancellationToken);
                written.Add(file.Name, await packing.CopyAsync(file, entry, cancellationToken));
            }

            if (written.Finish() != manifest.ContentHash)
            {
                throw HostingErrors.CannotPack(packing.Folder, "its files changed while they were packed. Wait until the build is done, then pack again.");
            }
        }

        stream.Flush(flushToDisk: true);
    }

    private static ZipArchiveEntry CreateEntry(ZipArchive zip, string name, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = UnixFileMode << 16;
        return entry;
    }
}
