using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Rowhouse.Backends;

/// <summary>SQL Server by Microsoft.Data.SqlClient. No such server can run where the tests do: this is read with care, and not tested.</summary>
internal static class SqlServerDriver
{
    private const int Timeout = -2;

    /// <summary>From this severity on the server closes the connection ("Database Engine error severities").</summary>
    private const byte Fatal = 20;

    public static DbDataSource Create(ConnectionUri uri)
    {
        var limits = new DatabaseLimits(uri);
        var host = uri.Hosts[0];
        var text = new SqlConnectionStringBuilder
        {
            DataSource = uri.FindOption("instance") is { } instance ? $@"{host.Name}\{instance}" : $"tcp:{host.Name},{host.Port}",
            InitialCatalog = uri.Path ?? "",
            ApplicationName = "rowhouse",
            MaxPoolSize = limits.Pool,
            ConnectTimeout = limits.ConnectSeconds,
            CommandTimeout = limits.CommandSeconds,
        };
        if (uri.UserName is null)
        {
            text.IntegratedSecurity = true;
        }
        else
        {
            text.UserID = uri.UserName;
            text.Password = uri.Password ?? "";
        }

        if (uri.FindOption("tls") is { } tls)
        {
            text.Encrypt = tls is "disable" or "prefer" ? SqlConnectionEncryptOption.Optional : SqlConnectionEncryptOption.Mandatory;
            text.TrustServerCertificate = tls == "require";
        }

        if (uri.FindOption("ca") is { } certificate)
        {
            // The driver knows no file of authorities: it compares the server's own certificate with this file.
            text.ServerCertificate = certificate;
        }

        return SqlClientFactory.Instance.CreateDataSource(text.ConnectionString);
    }

    public static bool IsOutage(DbException error) => DataSources.IsBrokenConnection(error) || (error is SqlException sql && (sql.Class >= Fatal || sql.Number == Timeout));
}
