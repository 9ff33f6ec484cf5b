using System.Data.Common;
using MySqlConnector;

namespace Rowhouse.Backends;

/// <summary>MySQL and MariaDB by MySqlConnector.</summary>
internal static class MySqlDriver
{
    public static DbDataSource Create(ConnectionUri uri)
    {
        var limits = new DatabaseLimits(uri);
        var text = new MySqlConnectionStringBuilder
        {
            UserID = uri.UserName ?? "",
            Password = uri.Password ?? "",
            Database = uri.Path ?? "",
            ApplicationName = "rowhouse",
            MaximumPoolSize = (uint)limits.Pool,
            ConnectionTimeout = (uint)limits.ConnectSeconds,
            DefaultCommandTimeout = (uint)limits.CommandSeconds,
            SslCa = uri.FindOption("ca") ?? "",
            SslCert = uri.FindOption("cert") ?? "",
            SslKey = uri.FindOption("key") ?? "",
        };
        if (uri.FindOption("socket") is { } socket)
        {
            text.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
            text.Server = socket;
        }
        else
        {
            if (uri.Hosts.Any(host => host.Port != uri.Hosts[0].Port))
            {
                throw BackendsErrors.NotPossible(uri, "the MySQL driver needs the same port on all hosts");
            }

            text.Server = string.Join(',', uri.Hosts.Select(host => host.Name));
            text.Port = (uint)uri.Hosts[0].Port;
            text.LoadBalance = MySqlLoadBalance.FailOver;
        }

        if (uri.FindOption("tls") is { } tls)
        {
            text.SslMode = tls switch
            {
                "disable" => MySqlSslMode.None,
                "require" => MySqlSslMode.Required,
                "verify" => MySqlSslMode.VerifyFull,
                _ => MySqlSslMode.Preferred,
            };
        }

        return new MySqlDataSourceBuilder(text.ConnectionString).Build();
    }

    public static bool IsOutage(DbException error) => DataSources.IsBrokenConnection(error) || (error is MySqlException
    {
        ErrorCode: MySqlErrorCode.UnableToConnectToHost or MySqlErrorCode.ConnectionCountError or MySqlErrorCode.ServerShutdown or MySqlErrorCode.CommandTimeoutExpired,
    });
}
