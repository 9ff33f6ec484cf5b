using System.Globalization;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Rowhouse.Backends;

/// <summary>How a URI becomes the options of StackExchange.Redis.</summary>
internal static class RedisOptions
{
    public static ConfigurationOptions Create(ConnectionUri uri, TimeSpan connect, TimeSpan command)
    {
        var options = new ConfigurationOptions
        {
            ClientName = "rowhouse",
            User = uri.UserName,
            Password = uri.Password,
            DefaultDatabase = uri.Path is null ? 0 : int.Parse(uri.Path, CultureInfo.InvariantCulture),
            ServiceName = uri.FindOption("sentinel"),
            ConnectTimeout = (int)connect.TotalMilliseconds,
            AsyncTimeout = (int)command.TotalMilliseconds,
            SyncTimeout = (int)command.TotalMilliseconds,

            // A server that is down when an app starts must not keep it from starting: the connection comes when the server does.
            AbortOnConnectFail = false,

            // A command for a server that is not there fails now, and is not kept for later.
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(500),
        };
        if (uri.Scheme == "redis" && uri.FindOption("socket") is { } socket)
        {
            options.EndPoints.Add(new UnixDomainSocketEndPoint(socket));
        }

        foreach (var host in uri.Hosts)
        {
            options.EndPoints.Add(host.Name, host.Port);
        }

        if (uri.Scheme == "rediss")
        {
            UseTls(options, uri);
        }

        return options;
    }

    private static void UseTls(ConfigurationOptions options, ConnectionUri uri)
    {
        options.Ssl = true;
        options.SslHost = uri.Hosts.Count == 1 ? uri.Hosts[0].Name : null;
        if (uri.FindOption("tls") == "require")
        {
#pragma warning disable CA5359 // the URI says tls=require, which is encryption without a check; without it the certificate is verified
            options.CertificateValidation += (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (uri.FindOption("ca") is { } authorities)
        {
            options.TrustIssuer(authorities);
        }

        if (uri.FindOption("cert") is { } certificate)
        {
            options.SetUserPemCertificate(certificate, uri.FindOption("key"));
        }
    }
}
