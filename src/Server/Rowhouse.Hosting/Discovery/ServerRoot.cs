using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>The folder that a server serves: <c>applications/</c>, <c>data/</c> and <c>rowhouse.ini</c>.</summary>
public sealed record ServerRoot
{
    // A unix socket's path may have 107 bytes on Linux and 103 on macOS (sun_path less its final NUL).
    private const int MaxSocketPathBytes = 100;

    private ServerRoot(string path)
    {
        Folder = path;
        Applications = Path.Combine(path, "applications");
        Data = Path.Combine(path, "data");
        ConfigFile = Path.Combine(path, "rowhouse.ini");
        ManagementSocket = FindManagementSocket();
    }

    /// <summary>The root itself, as a full path without a slash at its end.</summary>
    public string Folder { get; }

    /// <summary>The folder of which each sub-folder is an app.</summary>
    public string Applications { get; }

    /// <summary>The folder for what apps and server write; one sub-folder per app.</summary>
    public string Data { get; }

    /// <summary>The server's own configuration; need not exist.</summary>
    public string ConfigFile { get; }

    /// <summary>
    /// The unix socket on which a running server tells the command line and the admin app what it does: <c>data/rowhouse.sock</c>.
    /// Where that path is longer than 100 bytes, which no system takes for a socket, it lies in a folder of its own, named by the
    /// root's hash, in <c>$XDG_RUNTIME_DIR</c> or <c>/tmp</c>.
    /// </summary>
    public string ManagementSocket { get; }

    /// <summary>Opens the root at <paramref name="folder"/>.</summary>
    /// <exception cref="RowhouseException">RH1002: there is no <c>applications</c> folder in it.</exception>
    public static ServerRoot At(string folder)
    {
        var root = new ServerRoot(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Directory.Exists(root.Applications) ? root : throw HostingErrors.RootMissing(root.Folder);
    }

    /// <summary>Finds the nearest folder at or above <paramref name="start"/> with <c>applications</c> in it.</summary>
    /// <exception cref="RowhouseException">RH1001: there is none.</exception>
    public static ServerRoot Find(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "applications")))
            {
                return new ServerRoot(folder.FullName);
            }
        }

        throw HostingErrors.NoRoot(start);
    }

    /// <summary>The folder for what the app <paramref name="app"/> writes; need not exist yet.</summary>
    public string DataOf(string app) => Path.Combine(Data, app);

    /// <summary>The folder of the app's compiled builds.</summary>
    public string BuildsOf(string app) => Path.Combine(Data, app, "build");

    private string FindManagementSocket()
    {
        const string Name = "rowhouse.sock";
        var socket = Path.Combine(Data, Name);
        if (Encoding.UTF8.GetByteCount(socket) <= MaxSocketPathBytes)
        {
            return socket;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..16];
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var inRuntime = Path.Combine(runtime is { Length: > 0 } ? runtime : "/tmp", $"rowhouse-{hash}", Name);
        return Path.IsPathRooted(inRuntime) && Encoding.UTF8.GetByteCount(inRuntime) <= MaxSocketPathBytes
            ? inRuntime
            : Path.Combine("/tmp", $"rowhouse-{hash}", Name);
    }
}
