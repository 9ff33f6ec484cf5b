using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Rowhouse.Hosting;

/// <summary>A <c>.rha</c> archive that has passed every check and stays open, so that what is unpacked is what was checked.</summary>
internal sealed class OpenArchive : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[128 * 1024];
    private ArchiveManifest? _manifest;

    private OpenArchive(string path, SafeFileHandle file, IReadOnlyList<ZipEntry> entries)
    {
        _path = path;
        _file = file;
        Files = [.. entries.Where(entry => !entry.IsFolder)];
    }

    public ArchiveManifest Manifest => _manifest ?? throw new InvalidOperationException("The manifest is read when the archive is opened.");

    /// <summary>The files, the manifest first.</summary>
    public IReadOnlyList<ZipEntry> Files { get; }

    /// <summary>Opens an archive and checks it to the last byte, without writing anything.</summary>
    public static async Task<OpenArchive> OpenAsync(
        string path, ArchiveLimits limits, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var file = OpenFile(path);
        try
        {
            var entries = ZipDirectory.Read(file, path, limits);
            CheckEntries(path, entries, limits);
            var archive = new OpenArchive(path, file, entries);
            archive._manifest = await archive.ReadManifestAsync(cancellationToken);
            await archive.CheckContentAsync(progress, cancellationToken);
            return archive;
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is IOException)
            {
                throw HostingErrors.ArchiveUnreadable(path, e);
            }

            throw;
        }
    }

    /// <summary>Unpacks the app's files one after the other, and checks them again on the way.</summary>
    /// <param name="open">Opens the destination of an entry.</param>
    /// <param name="progress">Is told the part that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public async Task UnpackAsync(Func<ZipEntry, Stream> open, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var total = Math.Max(1, Files.Sum(file => file.Bytes));
        var done = 0L;
        var hash = new ContentHash();
        foreach (var file in Files)
        {
            await using (var destination = open(file))
            {
                var sha256 = await CopyAsync(file, destination, cancellationToken);
                if (file != Files[0])
                {
                    hash.Add(file.Name, sha256);
                }
            }

            done += file.Bytes;
            progress?.Report((double)done / total);
        }

        var found = hash.Finish();
        if (!string.Equals(found, Manifest.ContentHash, StringComparison.OrdinalIgnoreCase))
        {
            throw HostingErrors.ContentChanged(_path, found, ArchiveNames.Show(Manifest.ContentHash));
        }
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw HostingErrors.ArchiveUnreadable(path, e);
        }
    }

    private static void CheckEntries(string path, IReadOnlyList<ZipEntry> entries, ArchiveLimits limits)
    {
        foreach (var entry in entries)
        {
            ArchiveRules.CheckName(path, entry);
            ArchiveRules.CheckKind(path, entry);
            ArchiveRules.CheckRatio(path, entry, limits);
        }

        ArchiveRules.CheckUnique(path, entries.Select(entry => (entry.Name.TrimEnd('/'), entry.IsFolder)));
        ArchiveRules.CheckSizes(path, entries.Select(entry => (entry.Name, entry.Bytes)), limits);
        if (entries.Count == 0 || entries[0].Name != ArchiveManifest.FileName)
        {
            throw HostingErrors.BadManifest(path, "it is not the first entry");
        }
    }

    private async Task<ArchiveManifest> ReadManifestAsync(CancellationToken cancellationToken)
    {
        var entry = Files[0];
        if (entry.Bytes > ArchiveManifestJson.MaxBytes)
        {
            throw HostingErrors.BadManifest(_path, $"it has {entry.Bytes} bytes, the limit is {ArchiveManifestJson.MaxBytes}");
        }

        using var json = new MemoryStream();
        await CopyAsync(entry, json, cancellationToken);
        var manifest = ArchiveManifestJson.Read(json.ToArray(), _path);
        ArchiveRules.CheckRuntime(_path, manifest);
        ArchiveRules.CheckEntryAssembly(_path, manifest, Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal));
        return manifest;
    }

    private Task CheckContentAsync(IProgress<double>? progress, CancellationToken cancellationToken) =>
        UnpackAsync(_ => Stream.Null, progress, cancellationToken);

    /// <summary>Unpacks one entry, counting what really comes out, and returns its SHA-256.</summary>
    private async Task<byte[]> CopyAsync(ZipEntry entry, Stream destination, CancellationToken cancellationToken)
    {
        await using var packed = new FileRangeStream(_file, entry.DataOffset, entry.PackedBytes);
        await using var unpacked = entry.Method == ZipEntry.Stored ? packed : (Stream)new DeflateStream(packed, CompressionMode.Decompress);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new Crc32();
        var bytes = 0L;
        while (await ReadAsync(entry, unpacked, cancellationToken) is var read and > 0)
        {
            bytes += read;
            if (bytes > entry.Bytes)
            {
                throw HostingErrors.EntryDamaged(_path, ArchiveNames.Show(entry.Name), $"it unpacks to more than the {entry.Bytes} bytes that it announces");
            }

            crc.Append(_buffer.AsSpan(0, read));
            sha256.AppendData(_buffer, 0, read);
            await destination.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
        }

        if (bytes < entry.Bytes)
        {
            throw HostingErrors.EntryDamaged(_path, ArchiveNames.Show(entry.Name), $"it unpacks to {bytes} bytes, {entry.Bytes} are announced");
        }

        return crc.GetCurrentHashAsUInt32() == entry.Crc
            ? sha256.GetHashAndReset()
            : throw HostingErrors.EntryDamaged(_path, ArchiveNames.Show(entry.Name), "its checksum (CRC-32) is wrong");
    }

    private async ValueTask<int> ReadAsync(ZipEntry entry, Stream unpacked, CancellationToken cancellationToken)
    {
        try
        {
            return await unpacked.ReadAsync(_buffer, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw HostingErrors.EntryDamaged(_path, ArchiveNames.Show(entry.Name), "its packed bytes cannot be unpacked", e);
        }
    }
}
