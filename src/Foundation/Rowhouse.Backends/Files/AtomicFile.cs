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
