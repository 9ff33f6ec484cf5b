using System.Data.Common;

namespace Rowhouse.Backends;

/// <summary>What differs between the drivers: how a URI becomes a data source, and which of their exceptions mean that the server is gone.</summary>
internal static class DataSources
{
    public static DbDataSource Create(BackendSetup setup, DatabaseKind kind) => kind switch
    {
        DatabaseKind.Postgres => PostgresDriver.Create(setup.Uri),
        DatabaseKind.MySql => MySqlDriver.Create(setup.Uri),
        DatabaseKind.SqlServer => SqlServerDriver.Create(setup.Uri),
        _ => new SqliteDataSource(setup.Uri, setup.Path!),
    };

    public static bool IsOutage(Exception exception, DatabaseKind kind) => exception is TimeoutException || (exception is DbException error && kind switch
    {
        DatabaseKind.Postgres => PostgresDriver.IsOutage(error),
        DatabaseKind.MySql => MySqlDriver.IsOutage(error),
        DatabaseKind.SqlServer => SqlServerDriver.IsOutage(error),
        _ => SqliteDataSource.IsOutage(error),
    });

    /// <summary>Whether a broken connection is what is behind it.</summary>
    public static bool IsBrokenConnection(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
