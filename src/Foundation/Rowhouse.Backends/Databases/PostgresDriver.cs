using System.Data.Common;
using Npgsql;

namespace Rowhouse.Backends;

/// <summary>PostgreSQL by Npgsql.</summary>
internal static class PostgresDriver
{
    private const string TooManyConnections = "53300";

    public static DbDataSource Create(ConnectionUri uri)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString(uri).ConnectionString);
        if (uri.Hosts.Count < 2)
        {
            return builder.Build();
        }

        // Without a wish the first server that is up is taken, as libpq does.
        return builder.BuildMultiHost().WithTargetSession(uri.FindOption("target") switch
        {
            "primary" => TargetSessionAttributes.Primary,
            "standby" => TargetSessionAttributes.Standby,
            "prefer-primary" => TargetSessionAttributes.PreferPrimary,
            "prefer-standby" => TargetSessionAttributes.PreferStandby,
            _ => TargetSessionAttributes.Any,
        });
    }

    public static bool IsOutage(DbException error) => error is PostgresException answer
        ? answer.SqlState.StartsWith("08", StringComparison.Ordinal) || answer.SqlState.StartsWith("57P", StringComparison.Ordinal) || answer.SqlState == TooManyConnections
        : DataSources.IsBrokenConnection(error) || error.IsTransient;

    private static NpgsqlConnectionStringBuilder ConnectionString(ConnectionUri uri)
    {
        var limits = new DatabaseLimits(uri);
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Hosts.Count == 1 ? uri.Hosts[0].Name : string.Join(',', uri.Hosts.Select(host => host.ToString())),
            Username = uri.UserName,
            Password = uri.Password,
            Database = uri.Path ?? uri.UserName,
            ApplicationName = "rowhouse",
            MaxPoolSize = limits.Pool,
            Timeout = limits.ConnectSeconds,
            CommandTimeout = limits.CommandSeconds,
            SearchPath = uri.FindOption("schema"),
            MaxAutoPrepare = uri.FindNumber("prepare") ?? 0,
            RootCertificate = uri.FindOption("ca"),
            SslCertificate = uri.FindOption("cert"),
            SslKey = uri.FindOption("key"),
        };
        if (uri.Hosts.Count == 1)
        {
            text.Port = uri.Hosts[0].Port;
        }
        else if (uri.Hosts.Count == 0)
        {
            text.Host = uri.FindOption("host");
        }

        if (uri.FindOption("tls") is { } tls)
        {
            text.SslMode = tls switch
            {
                "disable" => SslMode.Disable,
                "require" => SslMode.Require,
                "verify" => SslMode.VerifyFull,
                _ => SslMode.Prefer,
            };
        }

        return text;
    }
}
