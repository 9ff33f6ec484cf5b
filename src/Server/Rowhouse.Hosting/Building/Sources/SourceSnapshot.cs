using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>All sources of an app at one moment. What is compiled and what is hashed is the same text, whatever is saved meanwhile.</summary>
internal sealed class SourceSnapshot
{
    private SourceSnapshot(IReadOnlyDictionary<string, SourceFile> files)
    {
        Files = files;
    }

    /// <summary>The sources by relative path.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files { get; }

    /// <summary>Reads the sources below <paramref name="folder"/>; those that <paramref name="previous"/> has unchanged are taken from it.</summary>
    public static async Task<SourceSnapshot> ReadAsync(string folder, SourceSnapshot? previous, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (var path in SourceFiles.Enumerate(folder))
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (await ReadAsync(path, relative, previous?.Files.GetValueOrDefault(relative), cancellationToken).ConfigureAwait(false) is { } file)
            {
                files.Add(relative, file);
            }
        }

        return new SourceSnapshot(files);
    }

    /// <summary>The id of what these sources compile to.</summary>
    public string Hash(string purpose)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(purpose));
        foreach (var file in Files.Values)
        {
            hash.AppendData(Encoding.UTF8.GetBytes("\0" + file.RelativePath + "\0"));
            hash.AppendData(file.Hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static async Task<SourceFile?> ReadAsync(string path, string relative, SourceFile? known, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var info = new FileInfo(path);
                var stamp = (info.Length, info.LastWriteTimeUtc);
                if (known is not null && known.Stamp == stamp)
                {
                    return known;
                }

                var bytes = await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false);
                using var stream = new MemoryStream(bytes, writable: false);
                var text = SourceText.From(stream, Encoding.UTF8, SourceHashAlgorithm.Sha256, canBeEmbedded: true);
                return new SourceFile(path, relative, stamp, text, SHA256.HashData(bytes));
            }
            catch (FileNotFoundException)
            {
                return null; // deleted between listing and reading: the change is on its way to the watcher
            }
            catch (IOException) when (attempt < 10)
            {
                // An editor holds it for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        var bytes = new byte[stream.Length];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
