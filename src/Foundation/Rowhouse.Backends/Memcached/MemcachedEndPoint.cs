using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rowhouse.Backends.Memcached;

/// <summary>Where one memcached listens: a host and a port, or a unix socket.</summary>
public sealed record MemcachedEndPoint
{
    /// <summary>The port that memcached takes when it is given none.</summary>
    public const int DefaultPort = 11211;

    /// <summary>Creates an endpoint on TCP.</summary>
    /// <param name="host">A name, an IPv4 or an IPv6 address, the last with or without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    public MemcachedEndPoint(string host, int port = DefaultPort)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Host = host.Trim('[', ']').ToLowerInvariant();
        Port = port;
    }

    private MemcachedEndPoint()
    {
        Host = "";
    }

    /// <summary>The host in lower case, an IPv6 address without brackets; empty for a unix socket.</summary>
    public string Host { get; }

    /// <summary>The port; 0 for a unix socket.</summary>
    public int Port { get; }

    /// <summary>The path of the unix socket, or null.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>Creates an endpoint on a unix socket (<c>memcached -s PATH</c>).</summary>
    /// <param name="path">The socket's path.</param>
    public static MemcachedEndPoint Unix(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new MemcachedEndPoint { SocketPath = path };
    }

    /// <summary>
    /// The endpoint as a URI has it: <c>host:11211</c>, <c>[::1]:11211</c> or <c>unix:/run/memcached.sock</c>.
    /// It is also the server's name on the ring, so all nodes of a farm have to spell a server alike.
    /// </summary>
    public override string ToString()
    {
        if (SocketPath is not null)
        {
            return "unix:" + SocketPath;
        }

        var port = Port.ToString(CultureInfo.InvariantCulture);
        return Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{port}" : $"{Host}:{port}";
    }

    /// <summary>Opens a connection.</summary>
    internal async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = SocketPath is not null
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Resolve(), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal EndPoint Resolve()
    {
        if (SocketPath is not null)
        {
            return new UnixDomainSocketEndPoint(SocketPath);
        }

        return IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host, Port);
    }
}
