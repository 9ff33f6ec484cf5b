using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

/// <summary>The file of a unix socket listener: made with its mode and group before anybody can connect, removed when the socket is closed.</summary>
internal sealed record UnixSocketFile(string Path, UnixFileMode Mode, string? Group)
{
    /// <exception cref="RowhouseException">RH1408: with the root's own path before it, the path is too long.</exception>
    public static UnixSocketFile Of(ListenerUri listener, ServerRoot root)
    {
        var path = System.IO.Path.GetFullPath(listener.SocketPath!, root.Folder);
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return new UnixSocketFile(path, listener.Mode, listener.Group);
        }
        catch (ArgumentException)
        {
            throw HostingErrors.BadSocketPath(listener.Address, $"the full path '{path}' is longer than the system allows (107 bytes); choose a shorter one");
        }
    }

    /// <summary>
    /// Binds. The file appears with the mode that the umask gives; between that and our own mode lie microseconds in which
    /// nobody can connect, because the socket does not listen yet: Kestrel calls listen(2) on what this returns.
    /// </summary>
    /// <exception cref="RowhouseException">RH1414, RH1415, RH1416.</exception>
    public Socket Bind(ILogger logger)
    {
        var endpoint = new UnixDomainSocketEndPoint(Path);
        RemoveStale(endpoint, logger);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endpoint);
            SetAccess();
            return socket;
        }
        catch (Exception e)
        {
            // This also removes the file, if it was made.
            socket.Dispose();
            if (e is SocketException or IOException or UnauthorizedAccessException)
            {
                throw HostingErrors.SocketNotMade(Path, Explain(e), e);
            }

            throw;
        }
    }

    private void RemoveStale(UnixDomainSocketEndPoint endpoint, ILogger logger)
    {
        // A broken link and a socket nobody may look at do not "exist" for File.Exists, so Bind reports those.
        if (!File.Exists(Path) && !Directory.Exists(Path))
        {
            return;
        }

        if (UnixNative.IsSocket(Path) != true)
        {
            throw HostingErrors.NotASocket(Path);
        }

        // Without blocking: a live listener whose queue is full must not hold the start up.
        using var visitor = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            visitor.Connect(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            DeleteStale(logger);
            return;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Somebody listens, and is busy.
        }
        catch (SocketException e)
        {
            throw HostingErrors.SocketNotMade(Path, $"another socket is there, and asking it whether it is in use failed: {Explain(e)}", e);
        }

        throw HostingErrors.SocketIsLive(Path);
    }

    private void DeleteStale(ILogger logger)
    {
        try
        {
            File.Delete(Path);
            logger.StaleSocketRemoved(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.SocketNotMade(Path, $"a stopped process left it behind, and it cannot be removed: {Explain(e)}", e);
        }
    }

    private void SetAccess()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (Group is not null)
        {
            var group = UnixNative.FindGroup(Group)
                ?? throw HostingErrors.SocketNotMade(Path, $"there is no group '{Group}'; 'getent group' lists those there are");
            if (UnixNative.ChangeGroup(Path, group) is { } error)
            {
                throw HostingErrors.SocketNotMade(Path, $"the group '{Group}' cannot be set ({error}); only root can give a file to a group that the server's user is not in");
            }
        }

        File.SetUnixFileMode(Path, Mode);
    }

    private string Explain(Exception exception) => exception switch
    {
        _ when System.IO.Path.GetDirectoryName(Path) is { } folder && !Directory.Exists(folder) => $"the folder '{folder}' does not exist; create it, in a systemd unit with RuntimeDirectory=",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the server's user may not write there; choose a folder it owns",
        _ => exception.Message.TrimEnd('.'),
    };
}
