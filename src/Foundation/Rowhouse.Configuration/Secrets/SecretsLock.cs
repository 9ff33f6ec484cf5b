using System.Security.Cryptography;

namespace Rowhouse.Configuration;

/// <summary>
/// Only one at a time reads a file, changes and writes it: a second one waits. It is a file beside that one, held by the operating system,
/// so that whoever is killed holds nothing any more.
/// </summary>
internal sealed class SecretsLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;
    private readonly FileStream _held;

    private SecretsLock(string path, FileStream held)
    {
        _path = path;
        _held = held;
    }

    /// <summary>Waits until nobody else changes this file.</summary>
    /// <exception cref="RowhouseException">RH2207: somebody else does for 30 seconds, or the lock cannot be made.</exception>
    public static async Task<SecretsLock> TakeAsync(string file, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file) + ".lock";
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (TryTake(path) is { } taken)
                {
                    return taken;
                }
            }
            catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && TimeProvider.System.GetElapsedTime(begun) > Patience))
            {
                throw ConfigurationErrors.SecretsInUse(file, path, e);
            }
            catch (IOException)
            {
                // Somebody else holds it.
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    // It is deleted while it is held, so that nobody deletes what another one holds.
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_path);
        }

        _held.Dispose();
    }

    // Between opening the file and locking it its last holder may have deleted it: then it is not this file that others find.
    private static SecretsLock? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new SecretsLock(path, new FileStream(path, options));
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var held = new FileStream(path, options);
        try
        {
            // Whether it is the same file is seen by a time that nobody else gives it.
            var mark = DateTime.UnixEpoch.AddSeconds(RandomNumberGenerator.GetInt32(int.MaxValue));
            File.SetLastWriteTimeUtc(held.SafeFileHandle, mark);
            if (File.GetLastWriteTimeUtc(path) == mark)
            {
                return new SecretsLock(path, held);
            }
        }
        catch (Exception)
        {
            held.Dispose();
            throw;
        }

        held.Dispose();
        return null;
    }
}
