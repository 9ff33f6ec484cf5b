using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Rowhouse.Configuration;

/// <summary>Reads an app's configuration again when one of its files changes.</summary>
internal sealed class AppConfigWatch : IDisposable
{
    // Editors write in several steps; the framework waits as long before it reads a changed file again.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly PhysicalFileProvider _files;
    private readonly ITimer _timer;
    private readonly IDisposable _watch;

    private AppConfigWatch(AppConfigState state)
    {
        var place = state.Place;
        _files = new PhysicalFileProvider(place.Folder);
        _timer = TimeProvider.System.CreateTimer(_ => state.Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = ChangeToken.OnChange(
            () => new CompositeChangeToken([_files.Watch("appconfig*"), _files.Watch(Path.GetFileName(place.SecretsFile))]),
            () => _timer.Change(Quiet, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Begins to watch, if that is wanted and there is a folder to watch.</summary>
    public static AppConfigWatch? Start(AppConfigState state) =>
        state.IsWatched && Directory.Exists(state.Place.Folder) ? new AppConfigWatch(state) : null;

    public void Dispose()
    {
        _watch.Dispose();
        _timer.Dispose();
        _files.Dispose();
    }
}
