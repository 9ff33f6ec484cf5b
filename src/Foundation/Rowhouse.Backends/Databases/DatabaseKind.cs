namespace Rowhouse.Backends;

/// <summary>Which SQL a database speaks.</summary>
public enum DatabaseKind
{
    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,
}
