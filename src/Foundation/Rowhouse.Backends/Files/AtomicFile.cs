namespace Rowhouse.Backends;

/// <summary>Writes a file so that whoever reads it sees the old or the new content whole, also after a power cut; <see cref="ReplacedFile"/> without a thread that waits.</summary>
internal static class AtomicFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var aside = Aside(path);
        try
        {
            await using (var stream = new FileStream(aside, Options(FileOptions.Asynchronous)))
            {
                await stream.WriteAsync(content, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>
    /// As <see cref="WriteAsync"/>, but without waiting for the disk, which takes a thousand times as long: whoever reads sees the old or the new
    /// content also after a kill, but after a power cut of a file that was just written perhaps nothing.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var aside = Aside(path);
        try
        {
            using (var stream = new FileStream(aside, Options(FileOptions.None)))
            {
                stream.Write(content);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    public static FileStreamOptions Options(FileOptions options)
    {
        var result = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = options, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            result.UnixCreateMode = OwnerOnly;
        }

        return result;
    }

    private static string Aside(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}
