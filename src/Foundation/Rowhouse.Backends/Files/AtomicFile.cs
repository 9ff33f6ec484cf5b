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
    /// Makes an empty file unless there is one. It gets its name when it is closed: to close a file that SQLite has open takes SQLite's locks away
    /// (sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
    /// </summary>
    public static void CreateEmpty(string path)
    {
        var aside = Aside(path);
        try
        {
            new FileStream(aside, Options(FileOptions.None)).Dispose();
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another one was first.
            File.Delete(aside);
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
