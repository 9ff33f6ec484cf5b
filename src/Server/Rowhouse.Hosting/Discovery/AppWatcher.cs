using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Building;

namespace Rowhouse.Hosting;

/// <summary>
/// Watches <c>applications/</c> and says which app changed where. One watcher for all: each has an inotify instance, of which a user
/// has 128 by default. Links are not followed; a link to an app's folder is noticed when it is set anew.
/// </summary>
internal sealed class AppWatcher : IDisposable
{
    private readonly string _folder;
    private readonly Action<string, string?> _changed;
    private readonly Action<string> _archiveChanged;
    private readonly Action _foldersChanged;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private FileSystemWatcher? _watcher;
    private bool _stopped;

    /// <param name="folder">The folder <c>applications/</c>.</param>
    /// <param name="changed">Gets the app's name and the file relative to the app's folder with forward slashes; null: anything may have changed.</param>
    /// <param name="archiveChanged">Gets the path of an archive that came or changed in the folder itself.</param>
    /// <param name="foldersChanged">Called when apps' folders came or went.</param>
    /// <param name="logger">Where trouble is told.</param>
    public AppWatcher(string folder, Action<string, string?> changed, Action<string> archiveChanged, Action foldersChanged, ILogger logger)
    {
        _folder = folder;
        _changed = changed;
        _archiveChanged = archiveChanged;
        _foldersChanged = foldersChanged;
        _logger = logger;
    }

    public void Start()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            var watcher = new FileSystemWatcher(_folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                InternalBufferSize = 64 * 1024,
            };
            watcher.Changed += (_, change) => Note(change.FullPath, change.ChangeType);
            watcher.Created += (_, change) => Note(change.FullPath, change.ChangeType);
            watcher.Deleted += (_, change) => Note(change.FullPath, change.ChangeType);
            watcher.Renamed += (_, change) =>
            {
                Note(change.OldFullPath, WatcherChangeTypes.Deleted);
                Note(change.FullPath, WatcherChangeTypes.Created);
            };
            watcher.Error += (_, error) =>
            {
                Log.WatcherOverflow(_logger, error.GetException().Message);
                Restart();
            };
            watcher.EnableRaisingEvents = true;

            // Only now: setting watches on many folders takes a while, and a save meanwhile is to be seen.
            _watcher?.Dispose();
            _watcher = watcher;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    private void Note(string path, WatcherChangeTypes type)
    {
        var relative = Path.GetRelativePath(_folder, path).Replace('\\', '/');
        var slash = relative.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            NoteWithin(relative[..slash], relative[(slash + 1)..], type);
        }
        else if (DroppedArchives.IsArchive(relative))
        {
            _archiveChanged(path);
        }
        else if (type != WatcherChangeTypes.Changed)
        {
            // A folder that was exchanged for another one keeps its old watches: begin anew.
            Restart();
        }
    }

    private void NoteWithin(string app, string file, WatcherChangeTypes type)
    {
        // A new folder may have got files before it was watched.
        var isNewFolder = type == WatcherChangeTypes.Created && Directory.Exists(Path.Combine(_folder, app, file));
        _changed(app, isNewFolder || (type == WatcherChangeTypes.Deleted && MayHaveBeenFolder(file)) ? null : file);
    }

    // A folder that is moved away takes its sources with it, and no event tells of them, nor that it was a folder.
    private static bool MayHaveBeenFolder(string file) =>
        file != AppFolder.DisabledFile && !SourceFiles.IsSource(file) && !ChangeKinds.IsConfiguration(file) && !SourceFiles.IsLeftOutAtTop(file.Split('/')[0]);

    private void Restart()
    {
        // Not on the watcher's own thread: it may not dispose of itself there.
        _ = Task.Run(() =>
        {
            try
            {
                Start();
                _foldersChanged();
            }
            catch (Exception e) when (e is IOException or ArgumentException or FileNotFoundException)
            {
                Log.WatcherFailed(_logger, e, _folder);
            }
        });
    }
}
