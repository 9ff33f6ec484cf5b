namespace Rowhouse.Backends;

/// <summary>
/// A file that one process at a time has open, by the operating system's own lock on it. Works for processes of one machine, and on network
/// folders whose server knows flock (NFS does). The system takes the lock from who dies.
/// </summary>
internal static class ExclusiveFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Opens it for reading and writing, made if it is not there, as soon as nobody else has it open.</summary>
    public static async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryOpen(path) is { } file)
            {
                return file;
            }

            // Another one is in here, for microseconds. The limit of the call ends the waiting if its process was stopped just then.
            await PauseAsync(cancellationToken);
        }
    }

    /// <summary>As <see cref="OpenAsync"/>, but null if somebody else has it open: who waits for him need not keep others waiting.</summary>
    public static FileStream? TryOpen(string path)
    {
        var options = AtomicFile.Options(FileOptions.None);
        (options.Mode, options.Access) = (FileMode.OpenOrCreate, FileAccess.ReadWrite);
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException e) when (e is DirectoryNotFoundException or FileNotFoundException)
            {
                // The second if somebody else made the folder between the attempt and its error.
                FileBackend.CreateFolder(Path.GetDirectoryName(path)!);
            }
            catch (IOException e) when (IsHeld(e))
            {
                return null;
            }
        }
    }

    /// <summary>Waits a little before the next attempt.</summary>
    public static Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(Jitter(), TimeProvider.System, cancellationToken);

    // EWOULDBLOCK of Linux and macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    // So that two who take turns in step do not keep a third one out.
#pragma warning disable CA5394 // no secret
    private static TimeSpan Jitter() => Pause * (0.2 + (Random.Shared.NextDouble() * 0.8));
#pragma warning restore CA5394
}
