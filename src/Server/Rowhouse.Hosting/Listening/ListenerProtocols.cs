namespace Rowhouse.Hosting;

/// <summary>The versions of HTTP that a listener speaks.</summary>
[Flags]
public enum ListenerProtocols
{
    /// <summary>None; no listener has this.</summary>
    None = 0,

    /// <summary>HTTP/1.0 and HTTP/1.1.</summary>
    Http1 = 1,

    /// <summary>HTTP/2; without TLS this is h2c with prior knowledge, which gRPC clients speak.</summary>
    Http2 = 2,

    /// <summary>HTTP/3 over QUIC, where the platform has it.</summary>
    Http3 = 4,
}
