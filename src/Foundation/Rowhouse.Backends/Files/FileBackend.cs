using System.Diagnostics.CodeAnalysis;

namespace Rowhouse.Backends;

/// <summary>A folder. Files in it are written whole or not at all, and are readable by the server's user only.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever has it shares it; only the registry closes it (ShutAsync).")]
public sealed class FileBackend : Backend
{
    /// <summary>Files block a thread while a disk works, or while a network folder hangs: so many at once keep either busy.</summary>
    private const int Threads = 16;

    /// <summary>A disk that answers later is a network folder whose server is gone.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _threads = new(Threads);

    internal FileBackend(BackendSetup setup)
        : base(setup, DefaultTimeout)
    {
        Folder = setup.Path!;
    }

    /// <summary>The folder, as an absolute path. It is made by the first write.</summary>
    public string Folder { get; }

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="name">A relative name with <c>/</c> between folders.</param>
    /// <exception cref="ArgumentException">The name leads out of the folder.</exception>
    public string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var path = Path.GetFullPath(name, Folder);
        return path.StartsWith(Path.TrimEndingDirectorySeparator(Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' leads out of '{Folder}'.", nameof(name));
    }

    /// <summary>The content of a file; null if there is none.</summary>
    public Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return CallAsync(
            async token =>
            {
                try
                {
                    return await File.ReadAllBytesAsync(path, token);
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path)))
                {
                    return null;
                }
            },
            cancellationToken: cancellationToken);
    }

    /// <summary>Writes a file: aside, to the disk, then in the place of the old one.</summary>
    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return CallAsync(
            token =>
            {
                CreateFolder(Path.GetDirectoryName(path)!);
                return AtomicFile.WriteAsync(path, content, token);
            },
            cancellationToken: cancellationToken);
    }

    /// <summary>Deletes a file; it is no error if there is none.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return CallAsync(
            _ =>
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return Task.CompletedTask;
            },
            cancellationToken: cancellationToken);
    }

    internal static void CreateFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (DirectoryNotFoundException e)
        {
            // For who reads, "not found" is an answer; here it means that there can be no folder.
            throw new IOException(e.Message, e);
        }
    }

    private protected override async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _threads.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => call(cancellationToken), cancellationToken);
        }
        finally
        {
            _threads.Release();
        }
    }

    private protected override async Task<BackendProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        CreateFolder(Folder);
        var path = PathOf($".probe-{Guid.NewGuid():N}");
        await AtomicFile.WriteAsync(path, ReadOnlyMemory<byte>.Empty, cancellationToken);
        File.Delete(path);
        return new BackendProbe();
    }

    // A disk that is full, read-only, broken or not ours. That there is no such file is an answer, and so is that its name is too long.
    private protected override bool IsOutage(Exception exception) =>
        exception is TimeoutException or UnauthorizedAccessException
        || exception is IOException and not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException);

    private protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
