using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// The sockets between a server and one child, in a folder that only the server's user can enter. Each child has its own: a connection
/// meant for a dead one never reaches its successor.
/// </summary>
internal sealed class ChildSockets
{
    private const string Prefix = "rowhouse-";
    private const UnixFileMode OnlyUs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A unix socket's path may have 103 bytes on macOS (sun_path less its final NUL); ours add less than 40.
    private const int MaxParentBytes = 60;

    private ChildSockets(string folder)
    {
        Folder = folder;
        Http1 = Path.Combine(folder, "http1.sock");
        Http2 = Path.Combine(folder, "http2.sock");
    }

    public string Folder { get; }

    public string Http1 { get; }

    public string Http2 { get; }

    public string Http1Listener => "unix:" + ListenerQuery.Escape(Http1);

    public string Http2Listener => "unix:" + ListenerQuery.Escape(Http2) + "?protocols=h2";

    public static ChildSockets Create()
    {
        var parent = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            && Path.IsPathRooted(runtime) && Directory.Exists(runtime) && Encoding.UTF8.GetByteCount(runtime) <= MaxParentBytes
                ? runtime
                : "/tmp";
        var folder = Path.Combine(parent, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OnlyUs);
        }

        return new ChildSockets(folder);
    }

    /// <summary>The folder of the sockets that a child was told to listen on; null if they do not look like a parent's.</summary>
    public static string? FindFolder(ServerConfig config) =>
        config.Listeners.Select(listener => Path.GetDirectoryName(listener.SocketPath))
            .FirstOrDefault(folder => folder is not null && Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal));

    public void Delete() => Delete(Folder);

    /// <summary>Deletes the folder if it is there: parent and child both do, since either may have been killed.</summary>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The other one was first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that vanished in between; the other one does the rest.
        }
    }
}
