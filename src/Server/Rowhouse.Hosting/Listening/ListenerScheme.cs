namespace Rowhouse.Hosting;

/// <summary>What kind of door a listener is.</summary>
public enum ListenerScheme
{
    /// <summary>TCP without encryption.</summary>
    Http,

    /// <summary>TCP with TLS 1.2 or 1.3.</summary>
    Https,

    /// <summary>A unix domain socket, for a web server in front on the same machine.</summary>
    Unix,

    /// <summary>The sockets that systemd has opened and hands over.</summary>
    Systemd,
}
