using System.IO.Compression;
using System.Security.Cryptography;

namespace Rowhouse.Hosting;

/// <summary>Reads the files of a folder that is packed: once for their hash, which the first entry holds, and once into the archive.</summary>
internal sealed class Packing
{
    private readonly long _bytesToRead;
    private readonly IProgress<double>? _progress;
    private readonly byte[] _buffer = new byte[128 * 1024];
    private long _bytesRead;

    public Packing(string folder, long bytes, IProgress<double>? progress)
    {
        Folder = folder;
        _bytesToRead = Math.Max(1, 2 * bytes);
        _progress = progress;
    }

    public string Folder { get; }

    /// <summary>Computes the content hash, and how each file is to be packed.</summary>
    public async Task<string> HashAsync(IEnumerable<PackedFile> files, CancellationToken cancellationToken)
    {
        var hash = new ContentHash();
        foreach (var file in files)
        {
            if (file.Bytes <= ArchiveLimits.Default.RatioCountsFromBytes)
            {
                hash.Add(file.Name, await CopyAsync(file, Stream.Null, cancellationToken));
                continue;
            }

            using var counted = new CountingStream();
            await using (var deflated = new DeflateStream(counted, CompressionLevel.Optimal, leaveOpen: true))
            {
                hash.Add(file.Name, await CopyAsync(file, deflated, cancellationToken));
            }

            file.Level = ArchiveLimits.Default.IsTooDense(file.Bytes, counted.Length) ? CompressionLevel.NoCompression : CompressionLevel.Optimal;
        }

        return hash.Finish();
    }

    /// <summary>Copies one file and returns its SHA-256.</summary>
    public async Task<byte[]> CopyAsync(PackedFile file, Stream destination, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(Path.Combine(Folder, file.Name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await source.ReadAsync(_buffer, cancellationToken) is var read and > 0)
        {
            sha256.AppendData(_buffer, 0, read);
            await destination.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
            _bytesRead += read;
            _progress?.Report(Math.Min(1, (double)_bytesRead / _bytesToRead));
        }

        return sha256.GetHashAndReset();
    }
}
