using System.Security.Cryptography;

namespace Rowhouse.Hosting;

/// <summary>
/// The right to replace or remove one app's folder; one process at a time has it. What works on the app has a hidden name beside it,
/// which the server does not take for an app: <c>.NAME.installing-…</c> is being unpacked, <c>.NAME.old-…</c> is the replaced app,
/// <c>.NAME.removed-…</c> is about to be deleted.
/// </summary>
internal sealed class AppFolderLease : IDisposable
{
    private readonly string _applications;
    private readonly string _data;
    private readonly string _name;
    private readonly FileStream _lock;

    private AppFolderLease(ServerRoot root, string name, FileStream fileLock)
    {
        _applications = root.Applications;
        _data = root.Data;
        _name = name;
        _lock = fileLock;
        Current = Path.Combine(root.Applications, name);
    }

    /// <summary>The app's folder, there or not.</summary>
    public string Current { get; }

    /// <summary>Takes the lease and clears up after one that was killed.</summary>
    /// <exception cref="RowhouseException">RH1318: another process has it.</exception>
    public static AppFolderLease Take(ServerRoot root, string name)
    {
        FileStream fileLock;
        try
        {
            var path = Path.Combine(root.Applications, $".{name}.lock");
            fileLock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Path.Combine(root.Applications, $".{name}.lock")))
        {
            throw HostingErrors.AppBusy(name);
        }

        var lease = new AppFolderLease(root, name, fileLock);
        try
        {
            lease.ClearUp();
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public string NewInstalling() => NewFolder(_applications, "installing");

    public string NewOld() => NewFolder(_applications, "old");

    /// <summary>Hides the app's folder in one step, then deletes it.</summary>
    public void Remove()
    {
        var removed = NewFolder(_applications, "removed");
        Directory.Move(Current, removed);
        TryDelete(removed);
    }

    /// <summary>Hides the app's folder and its data, or neither, then deletes both.</summary>
    /// <exception cref="IOException">Something would not go. Data that was to be deleted must not stay unnoticed.</exception>
    public void RemoveWithData(string data)
    {
        var removed = NewFolder(_data, "removed");
        Directory.Move(data, removed);
        try
        {
            Remove();
        }
        catch
        {
            Directory.Move(removed, data);
            throw;
        }

        Directory.Delete(removed, recursive: true);
    }

    /// <summary>Deletes a folder that has been replaced.</summary>
    public void Discard(string folder)
    {
        // Half deleted it must not have a name from which it could be brought back.
        var removed = NewFolder(_applications, "removed");
        try
        {
            Directory.Move(folder, removed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        TryDelete(removed);
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Deletes a folder of which nobody needs anything; what cannot be deleted now, the next lease deletes.</summary>
    public static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The app itself is in place or gone, as was asked for; a hidden leftover is no reason to call that a failure.
        }
    }

    private void ClearUp()
    {
        // Killed between two renames: what had been replaced is all there is of the app.
        var old = Leftovers("old");
        if (!Directory.Exists(Current) && old.Length > 0)
        {
            Directory.Move(old[0], Current);
            old = old[1..];
        }

        string[] useless = [.. old, .. Leftovers("installing"), .. Leftovers("removed"), .. Leftovers(_data, "removed")];
        foreach (var folder in useless)
        {
            TryDelete(folder);
        }
    }

    private string[] Leftovers(string what) => Leftovers(_applications, what);

    private string[] Leftovers(string parent, string what) =>
        Directory.Exists(parent)
            ? [.. Directory.EnumerateDirectories(parent, $".{_name}.{what}-*").OrderByDescending(Directory.GetCreationTimeUtc)]
            : [];

    private string NewFolder(string parent, string what) =>
        Path.Combine(parent, $".{_name}.{what}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
}
