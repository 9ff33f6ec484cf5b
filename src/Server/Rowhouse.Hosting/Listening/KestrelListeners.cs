using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

/// <summary>
/// Opens the configured listeners on Kestrel: <see cref="Configure"/> while services are registered, then
/// <see cref="StartAsync"/> around Kestrel's own start. Kestrel closes them, and removes unix sockets, when it stops.
/// </summary>
internal sealed class KestrelListeners
{
    private readonly IReadOnlyList<ListenerUri> _listeners;
    private readonly Dictionary<ListenerUri, ServerCertificate> _certificates;
    private readonly Dictionary<string, UnixSocketFile> _sockets;
    private readonly Dictionary<ListenerUri, string> _socketPaths;
    private readonly SocketActivation? _activation;
    private readonly ILogger _logger;
    private EndPoint? _failed;

    private KestrelListeners(ServerRoot root, IReadOnlyList<ListenerUri> listeners, SocketActivation? activation, TimeProvider time, ILogger logger)
    {
        _listeners = listeners;
        _activation = activation;
        _logger = logger;
        _socketPaths = listeners
            .Where(listener => listener.Scheme == ListenerScheme.Unix)
            .ToDictionary(listener => listener, listener => UnixSocketFile.Of(listener, root).Path);
        _sockets = _socketPaths.Keys.Select(listener => UnixSocketFile.Of(listener, root)).ToDictionary(socket => socket.Path);
        _certificates = listeners
            .Where(listener => listener.CertificateFile is not null)
            .ToDictionary(listener => listener, listener => ServerCertificate.Open(CertificateFiles.Of(listener, root), time, logger));
    }

    /// <summary>Prepares the listeners of <paramref name="config"/>: reads certificates, opens nothing.</summary>
    /// <exception cref="RowhouseException">RH1408, RH1410, RH1417, RH1418.</exception>
    public static KestrelListeners Create(ServerConfig config, TimeProvider time, ILogger logger)
    {
        var isActivated = config.Listeners.Any(listener => listener.Scheme == ListenerScheme.Systemd);
        return Create(config, isActivated ? SocketActivation.FromEnvironment(Environment.GetEnvironmentVariable, Environment.ProcessId) : null, time, logger);
    }

    internal static KestrelListeners Create(ServerConfig config, SocketActivation? activation, TimeProvider time, ILogger logger)
    {
        CheckOverlaps(config);
        return new KestrelListeners(config.Root, config.Listeners, activation, time, logger);
    }

    /// <summary>Tells Kestrel, which must be registered too, where to listen and how sockets are made.</summary>
    public void Configure(IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(Apply);
        services.Configure<SocketTransportOptions>(Apply);
    }

    public void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        foreach (var listener in _listeners)
        {
            Listen(options, listener);
        }
    }

    public void Apply(SocketTransportOptions options) => options.CreateBoundListenSocket = Bind;

    /// <summary>Runs Kestrel's start.</summary>
    /// <exception cref="RowhouseException">RH1411 to RH1416, RH1419: what cannot be opened, why, and what to do.</exception>
    public async Task StartAsync(Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        try
        {
            await start(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (ListenerErrors.Explain(e, _failed, _listeners) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    private static void CheckOverlaps(ServerConfig config)
    {
        var before = new List<ListenerUri>();
        foreach (var listener in config.Listeners)
        {
            if (before.Find(other => Overlap(other, listener, config.Root)) is { } first)
            {
                throw HostingErrors.SameListenerTwice(first.ToString(), listener.ToString());
            }

            before.Add(listener);
        }
    }

    private static bool Overlap(ListenerUri one, ListenerUri other, ServerRoot root) => (one.Scheme, other.Scheme) switch
    {
        (ListenerScheme.Unix, ListenerScheme.Unix) => UnixSocketFile.Of(one, root).Path == UnixSocketFile.Of(other, root).Path,
        (ListenerScheme.Systemd, ListenerScheme.Systemd) => true,
        (ListenerScheme.Http or ListenerScheme.Https, ListenerScheme.Http or ListenerScheme.Https) =>
            one.Port == other.Port && one.Port != 0 && (one.Host == other.Host || one.Host == "*" || other.Host == "*"),
        _ => false,
    };

    private void Listen(KestrelServerOptions options, ListenerUri listener)
    {
        switch (listener)
        {
            case { Scheme: ListenerScheme.Unix }:
                options.ListenUnixSocket(_socketPaths[listener], Set);
                break;
            case { Scheme: ListenerScheme.Systemd }:
                foreach (var descriptor in _activation?.Take() ?? [])
                {
                    options.ListenHandle(descriptor, Set);
                }

                break;
            case { Host: "*" }:
                options.ListenAnyIP(listener.Port, Set);
                break;
            case { Host: "localhost" }:
                options.ListenLocalhost(listener.Port, Set);
                break;
            default:
                options.Listen(IPAddress.Parse(listener.Host), listener.Port, Set);
                break;
        }

        void Set(ListenOptions endpoint)
        {
            endpoint.Protocols = FindProtocols(listener);
            if (_certificates.TryGetValue(listener, out var certificate))
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(MakeTlsOptions(certificate)) });
            }
        }
    }

    private static SslServerAuthenticationOptions MakeTlsOptions(ServerCertificate certificate) => new()
    {
        ServerCertificateContext = certificate.GetCurrent(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private HttpProtocols FindProtocols(ListenerUri listener)
    {
        var hasHttp3 = listener.Protocols.HasFlag(ListenerProtocols.Http3);
        if (hasHttp3 && !HasQuic())
        {
            _logger.NoHttp3(listener.Address);
            hasHttp3 = false;
        }

        return (listener.Protocols & ~ListenerProtocols.Http3) switch
        {
            ListenerProtocols.Http1 => HttpProtocols.Http1,
            ListenerProtocols.Http2 => HttpProtocols.Http2,
            _ => hasHttp3 ? HttpProtocols.Http1AndHttp2AndHttp3 : HttpProtocols.Http1AndHttp2,
        };
    }

    private static bool HasQuic() =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicListener.IsSupported;

    private Socket Bind(EndPoint endpoint)
    {
        if (endpoint is UnixDomainSocketEndPoint && _sockets.TryGetValue(endpoint.ToString()!, out var file))
        {
            return file.Bind(_logger);
        }

        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException)
        {
            // Kestrel's message names the address only in words, so we keep it. It must see its own exception:
            // it tries IPv4 where a machine has no IPv6.
            _failed = endpoint;
            throw;
        }
    }
}
