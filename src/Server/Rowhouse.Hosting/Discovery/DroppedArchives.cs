using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

/// <summary>
/// Installs archives that are dropped into <c>applications/</c> as <c>NAME.rha</c>: the folder <c>NAME</c> beside it follows the archive.
/// A folder that did not come from an archive is never replaced.
/// </summary>
internal sealed class DroppedArchives
{
    private const string Extension = ".rha";

    // A copy or upload that is still under way writes more often than this.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500);

    private readonly ServerRoot _root;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    public DroppedArchives(ServerRoot root, ILogger logger, TimeProvider time)
    {
        _root = root;
        _logger = logger;
        _time = time;
    }

    public static bool IsArchive(string fileName) => fileName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !fileName.StartsWith('.');

    /// <summary>Looks at all archives in the folder.</summary>
    public Task ScanAsync() => Task.WhenAll(Directory.EnumerateFiles(_root.Applications, "*" + Extension).Where(path => IsArchive(Path.GetFileName(path))).Select(Note));

    /// <summary>Takes note of an archive that came or changed.</summary>
    public Task Note(string path) => _running.GetOrAdd(path, key => Task.Run(() => RunAsync(key)));

    private async Task RunAsync(string path)
    {
        try
        {
            await WaitUntilSettledAsync(path).ConfigureAwait(false);
            _running.TryRemove(path, out _);
            await InstallAsync(path).ConfigureAwait(false);
        }
        catch (RowhouseException e)
        {
            Log.ArchiveRefused(_logger, $"{e.Code}: {e.Message}");
        }
        catch (IOException e)
        {
            Log.ArchiveRefused(_logger, e.Message);
        }
        finally
        {
            _running.TryRemove(path, out _);
        }
    }

    private async Task WaitUntilSettledAsync(string path)
    {
        (long, DateTime) before;
        var now = StampOf(path);
        do
        {
            before = now;
            await Task.Delay(Settled, _time, CancellationToken.None).ConfigureAwait(false);
            now = StampOf(path);
        }
        while (now != before);
    }

    private static (long Length, DateTime Written) StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }

    private async Task InstallAsync(string path)
    {
        if (!File.Exists(path))
        {
            return; // the app stays: taking it down is deleting its folder
        }

        var name = Path.GetFileNameWithoutExtension(path);
        if (!AppFolder.IsValidName(name))
        {
            throw HostingErrors.BadAppName(name);
        }

        var manifest = await AppArchiveReader.InspectAsync(path).ConfigureAwait(false);
        var folder = Path.Combine(_root.Applications, name);
        if (Directory.Exists(folder))
        {
            if (ReadInstalled(folder) is not { } installed)
            {
                throw HostingErrors.ArchiveHidesApp(name, path);
            }

            if (installed.ContentHash == manifest.ContentHash)
            {
                return;
            }
        }

        await AppInstaller.InstallAsync(_root, path, name, overwrite: true).ConfigureAwait(false);
        Log.ArchiveInstalled(_logger, name, path);
    }

    private static ArchiveManifest? ReadInstalled(string folder)
    {
        var file = Path.Combine(folder, ArchiveManifest.FileName);
        return File.Exists(file) ? ArchiveManifestJson.Read(File.ReadAllBytes(file), file) : null;
    }
}
