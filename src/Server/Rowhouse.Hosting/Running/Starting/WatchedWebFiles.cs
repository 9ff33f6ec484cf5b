using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>
/// An app's web root, watched by the server's one watcher. Left to itself each instance would have a watcher of its own as soon as a view
/// says asp-append-version: an inotify instance, of which a user has 128, and a thread that nobody ends and that holds the instance.
/// Links in it that lead out of it are not followed (<see cref="WebLinks"/>).
/// </summary>
internal sealed class WatchedWebFiles : IFileProvider
{
    private readonly IFileProvider _files;
    private readonly string _root;
    private readonly ChangeSignal _changed;

    public WatchedWebFiles(IFileProvider files, string root, ChangeSignal changed)
    {
        _files = files;
        _root = root;
        _changed = changed;
    }

    public IDirectoryContents GetDirectoryContents(string subpath)
    {
        var path = Path.Join(_root, subpath.TrimStart('/'));
        return WebLinks.Follow(_root, path) is null ? NotFoundDirectoryContents.Singleton : _files.GetDirectoryContents(subpath);
    }

    public IFileInfo GetFileInfo(string subpath)
    {
        var file = _files.GetFileInfo(subpath);
        if (file.PhysicalPath is not { } path)
        {
            return file;
        }

        // A link's own length is not that of its file, so what it leads to is given instead: the response would end too soon.
        var real = WebLinks.Follow(_root, path);
        return real is null ? new NotFoundFileInfo(file.Name) : real == path ? file : new PhysicalFileInfo(new FileInfo(real));
    }

    /// <summary>Fires for any change of the web root: what is cached per file is cheap to make again.</summary>
    public IChangeToken Watch(string filter) => _changed.GetToken();
}
